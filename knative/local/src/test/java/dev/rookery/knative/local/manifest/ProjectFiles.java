package dev.rookery.knative.local.manifest;

import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The project's files as tests look at them.
///
/// @param root of the project, or of a copy of it
record ProjectFiles(Path root) {

    static final ProjectFiles REAL =
            new ProjectFiles(Path.of("..", "..").toAbsolutePath().normalize());

    Path of(String path) {
        return root.resolve(path);
    }

    String text(String path) {
        try {
            return Files.readString(of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /// What a pattern's first group is, in a file that must have it.
    String find(String path, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text(path));
        if (!matcher.find()) {
            throw new IllegalStateException(path + ": nothing matches " + pattern);
        }
        return matcher.group(1);
    }

    /// Folders of functions: those that have a catalog.
    List<String> functions() {
        return list("functions")
                .filter(folder -> Files.isDirectory(folder.resolve("src/main/resources/catalog")))
                .map(folder -> folder.getFileName().toString())
                .sorted()
                .toList();
    }

    /// All Java of a function, in one text.
    String code(String function) {
        try (var files = Files.walk(of("functions/" + function + "/src/main/java"))) {
            var code = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                code.append(Files.readString(file));
            }
            return code.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(function, e);
        }
    }

    /// Of the base and of the catalogs.
    List<StrictYaml.Document> documents() {
        var base = list("knative/base").filter(ProjectFiles::isManifest);
        var types = functions().stream()
                .map(function -> of("functions/" + function + "/src/main/resources/catalog/event-types.yaml"));
        return Stream.concat(base, types)
                .sorted()
                .flatMap(file -> StrictYaml.documents(file).stream())
                .toList();
    }

    Stream<Path> list(String folder) {
        try (var files = Files.list(of(folder))) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(folder, e);
        }
    }

    /// Of one kind, by name.
    static <T> Map<String, T> all(List<StrictYaml.Document> documents, String kind, Class<T> model) {
        return documents.stream()
                .filter(document -> document.kind().equals(kind))
                .collect(Collectors.toMap(ProjectFiles::name, document -> document.as(model)));
    }

    /// One that has to be there.
    static <T> T one(List<StrictYaml.Document> documents, String kind, String name, Class<T> model) {
        return documents.stream()
                .filter(document ->
                        document.kind().equals(kind) && name(document).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(kind + " " + name + ": none"))
                .as(model);
    }

    /// The pods that documents describe.
    static List<Pod> pods(List<StrictYaml.Document> documents) {
        return documents.stream().flatMap(ProjectFiles::pod).toList();
    }

    private static Stream<Pod> pod(StrictYaml.Document document) {
        return switch (document.kind()) {
            case "serving.knative.dev/v1/Service" -> {
                var template = document.as(Service.class).getSpec().getTemplate();
                var spec = template.getSpec();
                var pod = new PodSpec();
                pod.setContainers(spec.getContainers());
                pod.setAutomountServiceAccountToken(spec.getAutomountServiceAccountToken());
                pod.setServiceAccountName(spec.getServiceAccountName());
                yield Stream.of(new Pod(
                        name(document), "Service", template.getMetadata().getLabels(), pod));
            }
            case "apps/v1/Deployment" -> {
                var template = document.as(Deployment.class).getSpec().getTemplate();
                yield Stream.of(new Pod(
                        name(document), "Deployment", template.getMetadata().getLabels(), template.getSpec()));
            }
            case "batch/v1/Job" -> {
                var template = document.as(Job.class).getSpec().getTemplate();
                yield Stream.of(
                        new Pod(name(document), "Job", template.getMetadata().getLabels(), template.getSpec()));
            }
            default -> Stream.of();
        };
    }

    static String name(StrictYaml.Document document) {
        return document.tree().path("metadata").path("name").asText();
    }

    private static boolean isManifest(Path file) {
        var name = Objects.requireNonNull(file.getFileName()).toString();
        return name.endsWith(".yaml")
                && !List.of("kustomization.yaml", "references.yaml").contains(name);
    }

    record Pod(String name, String kind, Map<String, String> labels, PodSpec spec) {

        boolean serves() {
            return !kind.equals("Job");
        }
    }
}
