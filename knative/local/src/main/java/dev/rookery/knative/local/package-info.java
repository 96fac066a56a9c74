/// The platform on one machine: reads the YAML of `knative/base` and does with it what Kubernetes and Knative
/// would. Start with [RunningPlatform].
@NullMarked
package dev.rookery.knative.local;

import org.jspecify.annotations.NullMarked;
