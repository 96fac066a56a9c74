package dev.rookery.knative.local.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// As much of a `kustomization.yaml` as `knative/base` and its overlays use.
///
/// @param configurations what kustomize has to be told of names that it makes; here nothing has another name
/// @param images         of an overlay for a cluster, as the two that follow
record Kustomization(
        String apiVersion,
        String kind,
        @Nullable String namespace,
        @Nullable List<String> resources,
        @Nullable List<String> components,
        @Nullable List<Generated> configMapGenerator,
        @Nullable List<String> configurations,
        @Nullable List<Image> images,
        @Nullable List<Patch> patches,
        @Nullable List<Replacement> replacements) {

    Optional<String> namespaceOrNone() {
        return Optional.ofNullable(namespace);
    }

    List<String> resourcesOrNone() {
        return resources == null ? List.of() : resources;
    }

    List<String> componentsOrNone() {
        return components == null ? List.of() : components;
    }

    List<Patch> patchesOrNone() {
        return patches == null ? List.of() : patches;
    }

    List<Generated> configMaps() {
        return configMapGenerator == null ? List.of() : configMapGenerator;
    }

    /// A ConfigMap made of files, or of the lines of files.
    ///
    /// @param behavior `merge` when another one begins the map; null otherwise
    record Generated(
            String name,
            @Nullable String behavior,
            @Nullable List<String> files,
            @Nullable List<String> envs,
            @Nullable Options options) {

        boolean merges() {
            return "merge".equals(behavior);
        }

        List<String> filesOrNone() {
            return files == null ? List.of() : files;
        }
    }

    record Options(boolean disableNameSuffixHash, @Nullable Map<String, String> annotations) {}

    record Image(String name, String newName, String digest) {}

    /// @param patch a JSON patch of what `target` selects
    /// @param path  a file with part of a resource, instead
    record Patch(
            @Nullable Selector target,
            @Nullable String patch,
            @Nullable String path) {}

    /// @param name a regular expression, as kustomize reads it
    record Selector(
            @Nullable String group,
            @Nullable String version,
            String kind,
            @Nullable String name) {}

    record Replacement(Origin source, List<Destination> targets) {

        record Origin(String kind, String name, String fieldPath) {}

        /// @param options null when the whole field is replaced
        record Destination(
                Selector select,
                List<String> fieldPaths,
                @Nullable Part options) {}

        /// A part of a field.
        ///
        /// @param index from 0 on, of the parts that `delimiter` separates
        record Part(String delimiter, int index) {}
    }
}
