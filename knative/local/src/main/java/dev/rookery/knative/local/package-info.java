/// The platform on one machine: reads the YAML of `knative/overlays/local` and does with it what Kubernetes and
/// Knative would. Start with [Platform]; the commands are [Up], [Status], [Deploy], [New], [Roll], [Down] and [Token],
/// and [RunningPlatform] is how others find it. No other module may need more of this one than that.
@NullMarked
package dev.rookery.knative.local;

import org.jspecify.annotations.NullMarked;
