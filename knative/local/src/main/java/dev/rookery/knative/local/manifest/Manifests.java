package dev.rookery.knative.local.manifest;

import io.fabric8.knative.eventing.v1alpha1.KafkaSink;
import io.fabric8.knative.sources.v1.KafkaSource;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Everything that a kustomization folder brings, as values.
///
/// @param workloads  in the order of the files
/// @param sources    what is delivered to them
/// @param pings      when they are woken
/// @param sinkTopics topics of KafkaSinks
/// @param configMaps files of generated ConfigMaps, by the map's name and the key
public record Manifests(
        List<Workload> workloads,
        List<Source> sources,
        List<Ping> pings,
        List<String> sinkTopics,
        Map<String, Map<String, Path>> configMaps) {

    public Manifests {
        workloads = List.copyOf(workloads);
        sources = List.copyOf(sources);
        pings = List.copyOf(pings);
        sinkTopics = List.copyOf(sinkTopics);
        configMaps = Map.copyOf(configMaps);
    }

    /// @param folder with a `kustomization.yaml`
    /// @throws BadManifestException when a file says what this platform does not know or cannot do
    public static Manifests read(Path folder) {
        var reading = new Reading();
        reading.kustomization(folder, "default");
        return reading.result();
    }

    /// Every topic that is read from or written to, besides those of facts.
    public List<String> topics() {
        var topics = new TreeSet<>(sinkTopics);
        sources.forEach(source -> topics.addAll(source.topics()));
        return List.copyOf(topics);
    }

    /// Gathers first and resolves references last: a file may name what a later one brings.
    private static final class Reading {

        private final List<Workload> workloads = new ArrayList<>();
        private final Map<StrictYaml.Document, KafkaSource> sources = new LinkedHashMap<>();
        private final Map<StrictYaml.Document, PingSource> pings = new LinkedHashMap<>();
        private final Map<String, String> sinks = new LinkedHashMap<>();
        private final Map<String, Map<String, Path>> configMaps = new TreeMap<>();
        private String namespace = "default";

        void kustomization(Path folder, String inherited) {
            var file = folder.resolve("kustomization.yaml");
            for (var document : StrictYaml.documents(file)) {
                var kustomization = document.as(Kustomization.class);
                namespace = kustomization.namespaceOr(inherited);
                for (var map : kustomization.configMaps()) {
                    if (map.merges() != configMaps.containsKey(map.name())) {
                        throw document.complaint("ConfigMap: " + map.name() + " is "
                                + (map.merges()
                                        ? "not there to be merged with"
                                        : "there already (expected: behavior: merge)"));
                    }
                    var files = configMaps.computeIfAbsent(map.name(), name -> new TreeMap<>());
                    map.files().forEach(each -> files.put(each, folder.resolve(each)));
                }
                kustomization
                        .resourcesOrNone()
                        .forEach(each -> resource(folder.resolve(each).normalize()));
                // They come last: they change what resources have brought.
                kustomization
                        .componentsOrNone()
                        .forEach(each -> kustomization(folder.resolve(each).normalize(), namespace));
            }
        }

        private void resource(Path path) {
            if (Files.isDirectory(path)) {
                kustomization(path, namespace);
            } else {
                StrictYaml.documents(path).forEach(this::document);
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
                case "eventing.knative.dev/v1alpha1/KafkaSink" -> {
                    var sink = document.as(KafkaSink.class);
                    sinks.put(sink.getMetadata().getName(), sink.getSpec().getTopic());
                }
                // A cluster's load balancing: here players connect to the process itself.
                case "v1/Service" -> document.as(io.fabric8.kubernetes.api.model.Service.class);
                default ->
                    throw document.complaint("kind: " + document.kind()
                            + " (expected: a Knative Service, a Deployment, a Service, a KafkaSource, a PingSource or a"
                            + " KafkaSink)");
            }
        }

        Manifests result() {
            var services = workloads.stream()
                    .filter(workload -> workload.kind() == Workload.Kind.SERVICE)
                    .map(Workload::name)
                    .toList();
            var references = new References(services, sinks);
            var resolved = sources.entrySet().stream()
                    .map(entry -> new SourceReader(entry.getKey(), namespace, references).read(entry.getValue()))
                    .toList();
            var timed = pings.entrySet().stream()
                    .map(entry -> new PingReader(entry.getKey(), namespace, references).read(entry.getValue()))
                    .toList();
            return new Manifests(workloads, resolved, timed, List.copyOf(sinks.values()), configMaps);
        }
    }
}
