/// Benchmarks of a running platform, each a sub-command of [Bench]. Start with [TripBenchmark].
@NullMarked
package dev.rookery.knative.load.bench;

import org.jspecify.annotations.NullMarked;
