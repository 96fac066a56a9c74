package dev.rookery.knative.local.manifest;

import io.fabric8.knative.eventing.v1alpha1.KafkaSink;
import io.fabric8.knative.sources.v1.KafkaSource;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything that a kustomization folder brings, as values.
///
/// @param workloads   in the order of the files
/// @param sources     what is delivered to them
/// @param pings       when they are woken
/// @param topics      all that there are: sources and sinks name no other
/// @param configMaps  files of generated ConfigMaps, by the map's name and the key
public record Manifests(
        List<Workload> workloads,
        List<Source> sources,
        List<Ping> pings,
        List<Topic> topics,
        Map<String, Map<String, Path>> configMaps) {

    public Manifests {
        workloads = List.copyOf(workloads);
        sources = List.copyOf(sources);
        pings = List.copyOf(pings);
        topics = List.copyOf(topics);
        configMaps = Map.copyOf(configMaps);
    }

    /// @param folder with a `kustomization.yaml`
    /// @throws BadManifestException when a file says what this platform does not know or cannot do
    public static Manifests read(Path folder) {
        var reading = new Reading();
        reading.kustomization(folder);
        return reading.result();
    }

    /// Gathers first and resolves references last: a file may name what a later one brings.
    private static final class Reading {

        private final List<StrictYaml.Document> documents = new ArrayList<>();
        private final List<Workload> workloads = new ArrayList<>();
        private final Map<StrictYaml.Document, KafkaSource> sources = new LinkedHashMap<>();
        private final Map<StrictYaml.Document, PingSource> pings = new LinkedHashMap<>();
        private final Map<StrictYaml.Document, KafkaSink> sinks = new LinkedHashMap<>();
        private final Map<String, Topic> topics = new LinkedHashMap<>();
        private final Map<String, Map<String, Path>> configMaps = new TreeMap<>();
        /// By identity: patches change documents.
        private final IdentityHashMap<StrictYaml.Document, String> namespaces = new IdentityHashMap<>();

        void kustomization(Path folder) {
            var file = folder.resolve("kustomization.yaml");
            for (var document : StrictYaml.documents(file)) {
                var kustomization = document.as(Kustomization.class);
                int before = documents.size();
                document.refuse("images", kustomization.images());
                document.refuse("replacements", kustomization.replacements());
                for (var map : kustomization.configMaps()) {
                    document.refuse("configMapGenerator." + map.name() + ".envs", map.envs());
                    document.refuse("configMapGenerator." + map.name() + ".options", map.options());
                    if (map.merges() != configMaps.containsKey(map.name())) {
                        throw document.complaint("ConfigMap: " + map.name() + " is "
                                + (map.merges()
                                        ? "not there to be merged with"
                                        : "there already (expected: behavior: merge)"));
                    }
                    var files = configMaps.computeIfAbsent(map.name(), name -> new TreeMap<>());
                    map.filesOrNone().forEach(each -> files.put(each, folder.resolve(each)));
                }
                kustomization
                        .resourcesOrNone()
                        .forEach(each -> resource(folder.resolve(each).normalize()));
                // They come last: they change what resources have brought.
                kustomization
                        .componentsOrNone()
                        .forEach(each -> kustomization(folder.resolve(each).normalize()));
                var brought = documents.subList(before, documents.size());
                // Of an overlay's and its base's the overlay's wins.
                kustomization
                        .namespaceOrNone()
                        .ifPresent(namespace -> brought.forEach(each -> namespaces.put(each, namespace)));
                kustomization.patchesOrNone().forEach(patch -> new JsonPatch(document, patch).apply(brought));
            }
        }

        private void resource(Path path) {
            if (Files.isDirectory(path)) {
                kustomization(path);
            } else {
                documents.addAll(StrictYaml.documents(path));
            }
        }

        private void document(StrictYaml.Document document) {
            switch (document.kind()) {
                case "serving.knative.dev/v1/Service" ->
                    workloads.add(
                            Containers.service(document, document.as(io.fabric8.knative.serving.v1.Service.class)));
                case "apps/v1/Deployment" ->
                    workloads.add(Containers.deployment(document, document.as(Deployment.class)));
                case "sources.knative.dev/v1/KafkaSource" -> sources.put(document, document.as(KafkaSource.class));
                case "sources.knative.dev/v1/PingSource" -> pings.put(document, document.as(PingSource.class));
                case "eventing.knative.dev/v1alpha1/KafkaSink" -> sinks.put(document, document.as(KafkaSink.class));
                case "kafka.strimzi.io/v1/KafkaTopic" -> declare(document, document.as(KafkaTopic.class));
                default -> ClusterKinds.read(document);
            }
        }

        private void declare(StrictYaml.Document document, KafkaTopic declared) {
            var topic = declared.topic(document);
            if (topics.put(topic.name(), topic) != null) {
                throw document.complaint("topic: " + topic.name() + " is declared twice (expected: once)");
            }
        }

        Manifests result() {
            documents.forEach(this::document);
            var services = workloads.stream()
                    .filter(workload -> workload.kind() == Workload.Kind.SERVICE)
                    .map(Workload::name)
                    .toList();
            var references = new References(services, sinkTopics());
            var resolved = sources.entrySet().stream()
                    .map(entry -> new SourceReader(entry.getKey(), namespace(entry.getKey()), references)
                            .read(entry.getValue()))
                    .toList();
            var timed = pings.entrySet().stream()
                    .map(entry -> new PingReader(entry.getKey(), namespace(entry.getKey()), references)
                            .read(entry.getValue()))
                    .toList();
            sources.forEach((document, source) ->
                    source.getSpec().getTopics().forEach(topic -> requireDeclared(document, topic)));
            return new Manifests(workloads, resolved, timed, List.copyOf(topics.values()), configMaps);
        }

        private String namespace(StrictYaml.Document document) {
            return namespaces.getOrDefault(document, "default");
        }

        private Map<String, String> sinkTopics() {
            var byName = new LinkedHashMap<String, String>();
            sinks.forEach((document, sink) -> {
                requireDeclared(document, sink.getSpec().getTopic());
                byName.put(sink.getMetadata().getName(), sink.getSpec().getTopic());
            });
            return byName;
        }

        /// Otherwise it would be made by whoever comes first, with as many partitions as the broker thinks.
        private void requireDeclared(StrictYaml.Document document, String topic) {
            if (!topics.containsKey(topic)) {
                throw document.complaint("topic: " + topic + " is not declared (expected: one of "
                        + topics.keySet().stream().sorted().toList() + ")");
            }
        }
    }
}
