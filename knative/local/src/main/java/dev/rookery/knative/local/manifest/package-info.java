/// The YAML of `knative/base` as values: what runs ([Workload]), what is delivered to it and how ([Source]), from
/// which topics ([Topic]). Read strictly: a field that nobody knows is an error, and so is what this platform would
/// pass over silently, except for the kinds that only a cluster has ([ClusterKinds]). Start with [Manifests].
@NullMarked
package dev.rookery.knative.local.manifest;

import org.jspecify.annotations.NullMarked;
