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
        @Nullable List<String> components,
        @Nullable List<Generated> configMapGenerator,
        @Nullable Map<String, Object> generatorOptions) {

    String namespaceOr(String inherited) {
        return namespace == null ? inherited : namespace;
    }

    List<String> resourcesOrNone() {
        return resources == null ? List.of() : resources;
    }

    List<String> componentsOrNone() {
        return components == null ? List.of() : components;
    }

    List<Generated> configMaps() {
        return configMapGenerator == null ? List.of() : configMapGenerator;
    }

    /// A ConfigMap made of files.
    ///
    /// @param behavior `merge` when another one begins the map; null otherwise
    record Generated(String name, @Nullable String behavior, List<String> files) {

        boolean merges() {
            return "merge".equals(behavior);
        }
    }
}
