/// The YAML of `knative/base` as values: what runs ([Workload]), what is delivered to it and how ([Source]). Read
/// strictly: what this platform would pass over silently is an error. Start with [Manifests].
@NullMarked
package dev.rookery.knative.local.manifest;

import org.jspecify.annotations.NullMarked;
