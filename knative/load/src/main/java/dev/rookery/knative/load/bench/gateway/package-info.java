/// `./rookery bench gateway`: the gateway of a running platform and three servers that others use for the same, one at
/// a time, by the same client on the same machine. [GatewayBenchmark] is the order of things, each scenario is a class
/// of its own, a [Dialect] is how one kind of server is spoken to. Start with [GatewayBenchmark].
@NullMarked
package dev.rookery.knative.load.bench.gateway;

import org.jspecify.annotations.NullMarked;
