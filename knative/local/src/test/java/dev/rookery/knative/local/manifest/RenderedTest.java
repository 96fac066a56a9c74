package dev.rookery.knative.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.knative.eventing.v1alpha1.KafkaSink;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.KafkaSource;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What overlays come to, rendered by kubectl where there is one; without it, nothing is rendered and nothing is
/// looked at here. All else is read by [Manifests] and [Agreement] on every machine.
class RenderedTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void anOverlayRendersToWhatAClusterKnows(String overlay) {
        for (var document : rendered(overlay)) {
            read(document);
            var namespace = document.tree().path("metadata").path("namespace").asText();
            assertThat(namespace)
                    .as(document.kind())
                    .isEqualTo(document.kind().equals("v1/Namespace") ? "" : "rookery");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void anOverlaysPodsAreAsRestrictedAsTheBases(String overlay) {
        assertThat(Hardening.omissions(rendered(overlay))).isEmpty();
    }

    @Test
    void inProductionEveryImageIsADigest() {
        assertThat(ProjectFiles.pods(rendered("production")))
                .allSatisfy(
                        pod -> assertThat(pod.spec().getContainers().getFirst().getImage())
                                .matches("registry\\.example\\.com/rookery/[a-z]+@sha256:[0-9a-f]{64}"));
    }

    @Test
    void inProductionEverySecretAndConfigMapIsThere() {
        var documents = rendered("production");
        var brought = documents.stream()
                .filter(document -> Set.of("v1/ConfigMap", "external-secrets.io/v1/ExternalSecret")
                        .contains(document.kind()))
                .map(ProjectFiles::name)
                .collect(Collectors.toSet());
        var named = new HashSet<String>();
        for (var pod : ProjectFiles.pods(documents)) {
            for (var from : pod.spec().getContainers().getFirst().getEnvFrom()) {
                if (from.getConfigMapRef() != null) {
                    named.add(from.getConfigMapRef().getName());
                } else if (!Boolean.TRUE.equals(from.getSecretRef().getOptional())) {
                    named.add(from.getSecretRef().getName());
                }
            }
        }

        assertThat(brought).containsAll(named);
    }

    /// Whoever mounts a map that has changed is rolled out, Knative's revisions too.
    @Test
    void aConfigMapIsNamedByWhatItHolds() {
        var documents = rendered("production");

        var maps = all(documents, "v1/ConfigMap", ConfigMap.class).stream()
                .map(map -> map.getMetadata().getName())
                .toList();
        var mounted = documents.stream()
                .flatMap(document -> document.tree().findValues("configMap").stream())
                .map(map -> map.path("name").asText())
                .collect(Collectors.toSet());

        if (!documents.isEmpty()) {
            assertThat(maps).hasSize(2).allMatch(map -> map.matches("rookery(-catalog)?-[a-z0-9]{10}"));
            assertThat(mounted).hasSize(1).isSubsetOf(maps);
        }
    }

    @Test
    void productionIsSpreadOverZonesAndSpeaksToStoresByTls() {
        var documents = rendered("production");

        assertThat(all(documents, "apps/v1/Deployment", Deployment.class))
                .allSatisfy(deployment -> assertThat(deployment
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getTopologySpreadConstraints()
                                .getFirst()
                                .getWhenUnsatisfiable())
                        .isEqualTo("DoNotSchedule"));
        assertThat(all(documents, "autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class))
                .allSatisfy(autoscaler ->
                        assertThat(autoscaler.getSpec().getMinReplicas()).isEqualTo(3));
        assertThat(all(documents, "sources.knative.dev/v1/KafkaSource", KafkaSource.class))
                .allSatisfy(source -> {
                    assertThat(source.getSpec().getNet().getTls().getEnable()).isTrue();
                    assertThat(source.getSpec().getBootstrapServers().getFirst())
                            .endsWith(":9096");
                });
        assertThat(all(documents, "kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class))
                .allSatisfy(
                        topic -> assertThat(Objects.requireNonNull(topic.spec()).replicas())
                                .isEqualTo(3));
        assertThat(all(documents, "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class))
                .filteredOn(policy -> policy.getMetadata().getName().endsWith("-stores"))
                .allSatisfy(policy -> assertThat(policy.getSpec()
                                .getEgress()
                                .getFirst()
                                .getTo()
                                .getFirst()
                                .getIpBlock()
                                .getCidr())
                        .isEqualTo("10.0.128.0/18"));
    }

    /// Each has a user of its own; what all are told has none.
    @Test
    void inProductionEachWorkloadSpeaksToRedisAndKafkaAsItself() {
        for (var pod : ProjectFiles.pods(rendered("production"))) {
            if (pod.serves()) {
                var container = pod.spec().getContainers().getFirst();
                assertThat(container.getEnvFrom())
                        .extracting(from -> from.getSecretRef() == null
                                ? ""
                                : from.getSecretRef().getName())
                        .endsWith(container.getName() + "-redis", container.getName() + "-kafka");
            }
        }
    }

    /// A node that is taken away closes every socket on it.
    @Test
    void inProductionGatewaysAreOnNodesOfTheirOwn() {
        assertThat(all(rendered("production"), "apps/v1/Deployment", Deployment.class))
                .allSatisfy(deployment -> {
                    var pod = deployment.getSpec().getTemplate().getSpec();
                    assertThat(pod.getNodeSelector()).containsEntry("rookery.dev/pool", "gateway");
                    assertThat(pod.getTolerations())
                            .singleElement()
                            .satisfies(toleration ->
                                    assertThat(toleration.getValue()).isEqualTo("gateway"));
                });
    }

    /// Terraform owns balancer and targets, so that both go when they are told to.
    @Test
    void inProductionNoControllerMakesABalancer() {
        var documents = rendered("production");

        assertThat(all(documents, "v1/Service", io.fabric8.kubernetes.api.model.Service.class))
                .allSatisfy(service -> assertThat(service.getSpec().getType()).isNotEqualTo("LoadBalancer"));
        assertThat(all(documents, "eks.amazonaws.com/v1/TargetGroupBinding", TargetGroupBinding.class))
                .allSatisfy(binding ->
                        assertThat(binding.spec().targetGroupARN()).startsWith("arn:aws:elasticloadbalancing:"));
    }

    /// Without it Netty would fall back to Java's own selectors, and nobody would notice.
    @Test
    void inProductionTheGatewaysNativeTransportCanBeUnpacked() {
        assertThat(all(rendered("production"), "apps/v1/Deployment", Deployment.class))
                .allSatisfy(deployment -> assertThat(deployment
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getVolumeMounts())
                        .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp")));
    }

    @Test
    void everyKustomizationIsReadStrictly() throws IOException {
        for (var each : List.of("knative/overlays/production", "knative/overlays/local", "knative/base")) {
            var file = ProjectFiles.REAL.of(each).resolve("kustomization.yaml");
            assertThat(StrictYaml.documents(file))
                    .singleElement()
                    .satisfies(document ->
                            assertThat(document.as(Kustomization.class).kind()).isEqualTo("Kustomization"));
        }
        try (var files = Files.list(ProjectFiles.REAL.of("knative/overlays/production"))) {
            files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("kustomization.yaml"))
                    .flatMap(file -> StrictYaml.documents(file).stream())
                    .forEach(RenderedTest::read);
        }
    }

    private List<StrictYaml.Document> rendered(String overlay) {
        return kubectl().map(program -> render(program, overlay)).orElse(List.of());
    }

    private List<StrictYaml.Document> render(Path program, String overlay) {
        try {
            var output = folder.resolve(overlay + ".yaml");
            var errors = folder.resolve("errors");
            var code = new ProcessBuilder(
                            program.toString(),
                            "kustomize",
                            ProjectFiles.REAL.of("knative/overlays/" + overlay).toString())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start()
                    .waitFor();
            assertThat(code).as(Files.readString(errors)).isZero();
            return StrictYaml.documents(output);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> kubectl() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static <T> List<T> all(List<StrictYaml.Document> documents, String kind, Class<T> model) {
        return documents.stream()
                .filter(document -> document.kind().equals(kind))
                .map(document -> document.as(model))
                .toList();
    }

    /// Whatever this project deploys.
    private static void read(StrictYaml.Document document) {
        switch (document.kind()) {
            case "v1/ConfigMap" -> document.as(ConfigMap.class);
            case "serving.knative.dev/v1/Service" -> document.as(Service.class);
            case "apps/v1/Deployment" -> document.as(Deployment.class);
            case "sources.knative.dev/v1/KafkaSource" -> document.as(KafkaSource.class);
            case "sources.knative.dev/v1/PingSource" -> document.as(PingSource.class);
            case "eventing.knative.dev/v1alpha1/KafkaSink" -> document.as(KafkaSink.class);
            case "kafka.strimzi.io/v1/KafkaTopic" -> document.as(KafkaTopic.class);
            default -> ClusterKinds.read(document);
        }
    }
}
