package dev.rookery.knative.local.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// As much of a `kustomization.yaml` as `knative/base` uses.
record Kustomization(
        String apiVersion,
        String kind,
        @Nullable String namespace,
        @Nullable List<String> resources,
        @Nullable List<Generated> configMapGenerator,
        @Nullable Map<String, Object> generatorOptions) {

    String namespaceOr(String inherited) {
        return namespace == null ? inherited : namespace;
    }

    List<String> resourcesOrNone() {
        return resources == null ? List.of() : resources;
    }

    List<Generated> configMaps() {
        return configMapGenerator == null ? List.of() : configMapGenerator;
    }

    /// A ConfigMap made of files.
    record Generated(String name, List<String> files) {}
}
