package dev.rookery.knative.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The project's own manifests, and what becomes of mistakes in them.
class ManifestsTest {

    private static final Path BASE = Path.of("..", "base");

    @TempDir
    Path folder;

    @Test
    void theWalletsCommandsAreDeliveredAsItsSourceSays() {
        var manifests = Manifests.read(BASE);

        assertThat(manifests.sources()).anySatisfy(source -> {
            assertThat(source.name()).isEqualTo("wallet-commands");
            assertThat(source.namespace()).isEqualTo("rookery");
            assertThat(source.topics()).containsExactly("rookery.wallet.commands");
            assertThat(source.service()).isEqualTo("wallet");
            assertThat(source.initialOffset()).isEqualTo(Source.InitialOffset.EARLIEST);
            assertThat(source.delivery())
                    .isEqualTo(new Delivery(
                            10,
                            Delivery.Backoff.EXPONENTIAL,
                            Duration.ofMillis(200),
                            Duration.ofSeconds(30),
                            "rookery.dead-letters"));
        });
    }

    @Test
    void theWalletsContainerIsRunAsItsServiceSays() {
        var manifests = Manifests.read(BASE);

        assertThat(manifests.workloads()).anySatisfy(workload -> {
            assertThat(workload.name()).isEqualTo("wallet");
            assertThat(workload.kind()).isEqualTo(Workload.Kind.SERVICE);
            assertThat(workload.image()).isEqualTo("rookery/wallet");
            assertThat(workload.configMaps()).containsExactly("rookery");
            assertThat(workload.secrets()).containsExactly("wallet-postgres");
            assertThat(workload.mounts()).containsEntry("/etc/rookery/catalog", "rookery-catalog");
            assertThat(workload.readiness()).isEqualTo("/actuator/health/readiness");
            assertThat(workload.concurrency()).isEqualTo(64);
            assertThat(workload.memoryBytes()).isEqualTo(384L << 20);
            assertThat(workload.grace()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void theTopicsAreThoseOfSourcesAndSinks() {
        assertThat(Manifests.read(BASE).topics())
                .contains("rookery.wallet.commands", "rookery.wallet.queries", "rookery.dead-letters");
    }

    @Test
    void theCatalogIsAConfigMapOfTheFunctionsFiles() {
        assertThat(Manifests.read(BASE).configMaps().get("rookery-catalog")).containsKey("wallet.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry: 10                    | retries: 10                 | spec.delivery.retries: is no field",
                "containerConcurrency: 64     | concurrency: 64             | spec.template.spec.concurrency: is no field",
                "readOnlyRootFilesystem: true | readOnlyRoot: true"
                        + " | spec.template.spec.containers[0].securityContext.readOnlyRoot: is no field",
                "ordering: unordered          | ordering: ordered           | spec.ordering: ordered (expected: unordered)",
                "ordering: unordered          | net: {}                     | spec.ordering: null (expected: unordered)",
                "timeout: PT30S               | timeout: 30s                | spec.delivery.timeout: 30s (expected: ISO 8601",
                "backoffDelay: PT0.2S         | backoffDelay: PT0S          | backoffDelay: PT0S (expected: > 0)",
                "backoffPolicy: exponential   | backoffPolicy: fibonacci    | spec.delivery.backoffPolicy: fibonacci",
                "initialOffset: earliest      | initialOffset: first        | spec.initialOffset: first",
                "consumers: 2                 | consumers: 0                | spec.consumers: 0 (expected: >= 1)",
                "name: dead-letters           | name: dead-letter           | deadLetterSink.ref.name: dead-letter (expected",
                "kind: KafkaSink              | kind: KafkaChannel          | deadLetterSink.ref: eventing.knative.dev/v1alpha1",
                "memory: 384Mi                | cpu: 1                      | resources.limits.memory: none",
                "kind: KafkaSource            | kind: KafkaSauce            | kind: sources.knative.dev/v1/KafkaSauce (expected:",
                "consumerGroup: wallet-commands | consumers: 3              | Duplicate field 'consumers'",
            })
    void aMistakeIsToldWithItsFileAndPlace(String correct, String mistaken, String complaint) throws IOException {
        var file = copyOfBase().resolve("wallet.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst(Pattern.quote(correct), mistaken));

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .isInstanceOf(BadManifestException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource({"retry", "backoffPolicy", "backoffDelay", "timeout"})
    void whatKnativeWouldTakeAsNoneHasToBeSaid(String field) throws IOException {
        var file = copyOfBase().resolve("wallet.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst("\n    " + field + ": .*", ""));

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .hasMessageContaining("spec.delivery." + field + ": none (expected: said");
    }

    @Test
    void aSinkThatNoFileBringsIsToldByName() throws IOException {
        var file = copyOfBase().resolve("wallet.yaml");
        var text = Files.readString(file);
        int sink = text.lastIndexOf("name: wallet");
        Files.writeString(file, text.substring(0, sink) + "name: purse\n");

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .hasMessageContaining("spec.sink.ref.name: purse (expected: one of [wallet])");
    }

    @Test
    void aFileThatIsNotThereIsToldByName() throws IOException {
        Files.delete(copyOfBase().resolve("dead-letters.yaml"));

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .isInstanceOf(BadManifestException.class)
                .hasMessageContaining("dead-letters.yaml: cannot be read");
    }

    /// With the folders that it refers to at the same relative paths.
    private Path copyOfBase() throws IOException {
        var copy = folder.resolve("knative/base");
        copy(BASE, copy);
        var catalog = Path.of("functions", "wallet", "src", "main", "resources", "catalog");
        copy(Path.of("..", "..").resolve(catalog), folder.resolve(catalog));
        return copy;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.newDirectoryStream(from)) {
            for (var file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
