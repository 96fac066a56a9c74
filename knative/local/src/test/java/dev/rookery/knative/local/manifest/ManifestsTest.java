package dev.rookery.knative.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            assertThat(workload.secrets()).containsExactly("wallet-postgres", "ledger-seal");
            assertThat(workload.mounts()).containsEntry("/etc/rookery/catalog", "rookery-catalog");
            assertThat(workload.readiness()).isEqualTo("/actuator/health/readiness");
            assertThat(workload.concurrency()).isEqualTo(128);
            assertThat(workload.memoryBytes()).isEqualTo(384L << 20);
            assertThat(workload.grace()).isEqualTo(Duration.ofSeconds(30));
        });
    }

    @Test
    void theWalletIsWokenEveryTenMinutesAsItsPingSourceSays() {
        assertThat(Manifests.read(BASE).pings())
                .contains(new Ping(
                        "wallet-chores", "rookery", new Schedule(10), "application/json", "{}", Map.of(), "wallet"));
    }

    @Test
    void aPingsExtensionsAreThoseOfItsOverrides() throws IOException {
        var file = copyOfBase().resolve("wallet.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "  data: \"{}\"\n",
                                "  data: \"{}\"\n  ceOverrides:\n    extensions:\n      tenant: t1\n"));

        assertThat(Manifests.read(folder.resolve("knative/base"))
                        .pings()
                        .getFirst()
                        .extensions())
                .containsExactly(Map.entry("tenant", "t1"));
    }

    @Test
    void theGatewayIsToldTheNameOfItsPod() {
        var manifests = Manifests.read(BASE);

        assertThat(manifests.workloads()).anySatisfy(workload -> {
            assertThat(workload.name()).isEqualTo("gateway");
            assertThat(workload.kind()).isEqualTo(Workload.Kind.DEPLOYMENT);
            assertThat(workload.podNames()).containsExactly("ROOKERY_GATEWAY_ID");
            assertThat(workload.environment()).doesNotContainKey("ROOKERY_GATEWAY_ID");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fieldPath: metadata.name | fieldPath: status.podIP",
                "fieldPath: metadata.name | fieldPath: metadata.name~                  apiVersion: v2",
                "fieldRef:                | secretKeyRef: {name: gateway-token, key: ID}~                fieldRef:",
                "valueFrom:               | value: gateway~              valueFrom:",
            })
    void ofAPodNothingButItsNameIsKnown(String correct, String mistaken) throws IOException {
        var file = copyOfBase().resolve("gateway.yaml");
        Files.writeString(
                file, Files.readString(file).replaceFirst(Pattern.quote(correct), mistaken.replace('~', '\n')));

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .isInstanceOf(BadManifestException.class)
                .hasMessage(
                        file + ": env ROOKERY_GATEWAY_ID: valueFrom (expected: a value, or nothing but a fieldRef to"
                                + " metadata.name)");
    }

    @Test
    void topicsAreMadeAsTheyAreDeclared() {
        assertThat(Manifests.read(BASE).topics())
                .contains(
                        new Topic("rookery.wallet.commands", 8, Map.of("retention.ms", "604800000")),
                        new Topic("rookery.significant", 8, Map.of("retention.ms", "-1")));
    }

    @Test
    void onOneMachineFunctionsHaveLessRoomThanInACluster() {
        assertThat(functions(BASE)).hasSize(2).allSatisfy(function -> {
            assertThat(function.scaling().max()).isEqualTo(20);
            assertThat(function.scaling().rollout()).isEqualTo(Duration.ofSeconds(60));
        });
        assertThat(functions(Path.of("..", "overlays", "local"))).hasSize(2).allSatisfy(function -> {
            assertThat(function.scaling().max()).isEqualTo(1);
            assertThat(function.scaling().rollout()).isEqualTo(Duration.ZERO);
        });
    }

    @Test
    void aFunctionIsScaledAsItsAnnotationsSay() {
        assertThat(functions(BASE).getFirst().scaling())
                .isEqualTo(new Scaling(
                        0,
                        20,
                        // 70 % of 16, which is Knative's utilization.
                        11.2,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(6),
                        2,
                        Duration.ofMinutes(2),
                        Duration.ZERO,
                        1,
                        Duration.ofSeconds(60)));
    }

    private static List<Workload> functions(Path overlay) {
        return Manifests.read(overlay).workloads().stream()
                .filter(workload -> workload.kind() == Workload.Kind.SERVICE)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{op: replace, path: /spec/template/spec/tries, value: 1}      | /spec/template/spec/tries is not there",
                "{op: remove, path: /spec/template/spec/tries}                 | /spec/template/spec/tries is not there",
                "{op: add, path: /spec/nothing/here, value: 1}                 | /spec/nothing/here (expected: a field of",
                "{op: test, path: /spec/template/spec/timeoutSeconds, value: 1} | patches.op: test (expected: add",
            })
    void aPatchThatCannotBeMadeIsRefused(String operation, String complaint) throws IOException {
        var file = overlay("{kind: Service, name: wallet}", operation);

        assertThatThrownBy(() -> Manifests.read(file.resolveSibling("")))
                .isInstanceOf(BadManifestException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(complaint);
    }

    @Test
    void aPatchThatSelectsNothingIsRefused() throws IOException {
        var file = overlay("{kind: Service, name: purse}", "{op: add, path: /spec/a, value: 1}");

        assertThatThrownBy(() -> Manifests.read(file.resolveSibling("")))
                .hasMessage(file + ": patches.target: Service purse selects nothing (expected: a resource)");
    }

    @Test
    void aPatchChangesWhatItSelectsAndNothingElse() throws IOException {
        var file = overlay(
                "{group: serving.knative.dev, kind: Service, name: wal.*}",
                "{op: replace, path: /spec/template/spec/containerConcurrency, value: 7}");

        assertThat(functions(file.resolveSibling("")))
                .extracting(Workload::concurrency)
                .containsExactly(7, 128);
    }

    @Test
    void anOverlaysNamespaceIsThatOfWhatItBrings() throws IOException {
        var file = overlay("{kind: Service, name: wallet}", "{op: add, path: /metadata/labels/a, value: b}");
        Files.writeString(file, "\nnamespace: elsewhere\n", StandardOpenOption.APPEND);

        assertThat(Manifests.read(file.resolveSibling("")).sources())
                .extracting(Source::namespace)
                .containsOnly("elsewhere");
    }

    @Test
    void aPatchAddsToAList() throws IOException {
        var file = overlay(
                "{kind: Service, name: wallet}",
                "{op: add, path: /spec/template/spec/containers/0/env/-, value: {name: MORE, value: yes it is}}");

        assertThat(functions(file.resolveSibling("")))
                .filteredOn(each -> each.name().equals("wallet"))
                .allSatisfy(each -> assertThat(each.environment())
                        .containsEntry("MORE", "yes it is")
                        .containsKey("ROOKERY_SCHEMAS"))
                .hasSize(1);
    }

    private Path overlay(String target, String operation) throws IOException {
        copyOfBase();
        var file = folder.resolve("knative/overlays/test/kustomization.yaml");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(
                file,
                "kind: Kustomization\nresources: [../../base]\npatches:\n  - target: " + target + "\n    patch: |-\n"
                        + "      - " + operation + "\n");
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images: [{name: rookery/wallet}]               | images: [Image",
                "patches: [{target: {kind: Pod}, path: a.yaml}] | patches.path: a.yaml",
                "replacements: [{targets: []}]                  | replacements: [Replacement",
                "configMapGenerator: [{name: a, envs: [a.env]}] | configMapGenerator.a.envs: [a.env]",
                "configMapGenerator: [{name: a, options: {}}]   | configMapGenerator.a.options: Options",
            })
    void whatAnOverlayDoesForAClusterIsRefused(String field, String complaint) throws IOException {
        var file = folder.resolve("kustomization.yaml");
        Files.writeString(file, "kind: Kustomization\n" + field);

        assertThatThrownBy(() -> Manifests.read(folder))
                .isInstanceOf(BadManifestException.class)
                .hasMessageStartingWith(file + ": " + complaint)
                .hasMessageContaining("(expected: nothing, it is not done on one machine)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wallet.yaml       | name: rookery.wallet.queries | name: rookery.purse"
                        + " | topic: rookery.wallet.queries is not declared (expected: one of [",
                "dead-letters.yaml | name: rookery.dead-letters   | name: rookery.lost"
                        + " | topic: rookery.dead-letters is not declared",
                "wallet.yaml       | name: rookery.wallet.queries | name: rookery.wallet.facts"
                        + " | topic: rookery.wallet.facts is declared twice (expected: once)",
                "evidence.yaml     | partitions: 8                | partitions: 0 | spec.partitions: 0 (expected: >= 1)",
                "evidence.yaml     | partitions: 8                | ~             | spec.partitions: none",
                "evidence.yaml     | config:                      | configs:      | spec.configs: is no field",
                "network.yaml      | podSelector: {}              | pods: {}      | spec.pods: is no field",
                "gateway.yaml      | maxUnavailable: 1~  selector | maxAway: 1~  selector | spec.maxAway: is no field",
                "gateway.yaml      | minReplicas                  | replicas      | spec.replicas: is no field",
                "metrics.yaml      | interval                     | every         | podMetricsEndpoints[0].every: is no",
                "namespace.yaml    | labels                       | label         | metadata.label: is no field",
                "wallet.yaml       | backoffLimit                 | tries         | spec.tries: is no field",
            })
    void aMistakeInWhatOnlyAClusterHasIsToldToo(String name, String correct, String mistaken, String complaint)
            throws IOException {
        var file = copyOfBase().resolve(name);
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst(Pattern.quote(correct.replace('~', '\n')), mistaken.replace('~', '\n')));

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .isInstanceOf(BadManifestException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(complaint);
    }

    @Test
    void theCatalogIsAConfigMapOfTheFunctionsFiles() {
        assertThat(Manifests.read(BASE).configMaps().get("rookery-catalog")).containsKeys("wallet.json", "rounds.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry: 10                    | retries: 10                 | spec.delivery.retries: is no field",
                "autoscaling.knative.dev/max-scale: | autoscaling.knative.dev/maxScale: | annotations: [autoscaling.knative.dev/maxScale]",
                "window: 60s                  | window: 5s                  | autoscaling.knative.dev/window: PT5S (expected: 6s",
                "window: 60s                  | window: 60                  | autoscaling.knative.dev/window: 60 (expected: such",
                "target: \"16\"                 | target: \"lots\"              | autoscaling.knative.dev/target: lots (expected: a n",
                "min-scale: \"0\"               | min-scale: \"21\"             | min-scale: 21 (expected: at most max-scale, 20)",
                "metric: concurrency          | metric: cpu                 | autoscaling.knative.dev/metric: cpu (expected: con",
                "containerConcurrency: 128    | concurrency: 128            | spec.template.spec.concurrency: is no field",
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
                "schedule:                    | timezone: UTC~  schedule:   | spec.timezone: UTC (expected: nothing",
                "*/10 * * * *                 | 0 3 * * *                   | spec.schedule: 0 3 * * * (expected: * * * * * or",
                "schedule:                    | cron:                       | spec.cron: is no field",
                "contentType: application/json | dataBase64: e30=           | spec.dataBase64: e30= (expected: nothing",
                "contentType: application/json | ~                          | spec.contentType: none (expected: said",
                "schedule: \"*/10 * * * *\"    | ~                           | spec.schedule: none (expected: said",
                "data: \"{}\"                  | ~                           | spec.data: none (expected: said",
                "contentType:                 | ceOverrides: {extensions: {some-name: x}}~  contentType:"
                        + " | spec.ceOverrides.extensions: some-name (expected: 1 to 20",
            })
    void aMistakeIsToldWithItsFileAndPlace(String correct, String mistaken, String complaint) throws IOException {
        var file = copyOfBase().resolve("wallet.yaml");
        Files.writeString(
                file, Files.readString(file).replaceFirst(Pattern.quote(correct), mistaken.replace('~', '\n')));

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "~                        | spec.sink: none (expected: said",
                "sink: {uri: 'http://x'}  | spec.sink.ref: none (expected: said",
                "sink: {uri: 'http://x', ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: wallet}}"
                        + " | spec.sink.uri: http://x (expected: nothing",
                "sink: {ref: {apiVersion: v1, kind: Service, name: wallet}}"
                        + " | spec.sink.ref: v1 Service (expected: serving.knative.dev/v1 Service)",
                "sink: {ref: {apiVersion: serving.knative.dev/v1, kind: Route, name: wallet}}"
                        + " | spec.sink.ref: serving.knative.dev/v1 Route (expected: serving.knative.dev/v1 Service)",
                "sink: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: purse}}"
                        + " | spec.sink.ref.name: purse (expected: one of [wallet, rounds])",
                "sink: {ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: gateway}}"
                        + " | spec.sink.ref.name: gateway (expected: one of [wallet, rounds])",
            })
    void aSinkIsAKnativeServiceThatAFileBrings(String mistaken, String complaint) throws IOException {
        var file = copyOfBase().resolve("wallet.yaml");
        var text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.lastIndexOf("sink:")) + mistaken.replace('~', '\n'));

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .isInstanceOf(BadManifestException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(complaint);
    }

    @Test
    void aFileThatIsNotThereIsToldByName() throws IOException {
        Files.delete(copyOfBase().resolve("dead-letters.yaml"));

        assertThatThrownBy(() -> Manifests.read(folder.resolve("knative/base")))
                .isInstanceOf(BadManifestException.class)
                .hasMessageContaining("dead-letters.yaml: cannot be read");
    }

    @Test
    void aConfigMapThatIsMergedNeedsOneThatBeginsIt() throws IOException {
        var base = copyOfBase();
        var file = base.resolve("kustomization.yaml");
        Files.writeString(
                file, Files.readString(file).replace("  - ../../functions/wallet/src/main/resources/catalog\n", ""));

        assertThatThrownBy(() -> Manifests.read(base))
                .isInstanceOf(BadManifestException.class)
                .hasMessageContaining("ConfigMap: rookery-catalog is not there to be merged with");
    }

    @Test
    void aConfigMapIsBegunOnce() throws IOException {
        var base = copyOfBase();
        var file = folder.resolve("functions/rounds/src/main/resources/catalog/kustomization.yaml");
        Files.writeString(file, Files.readString(file).replace("    behavior: merge\n", ""));

        assertThatThrownBy(() -> Manifests.read(base))
                .isInstanceOf(BadManifestException.class)
                .hasMessageContaining("ConfigMap: rookery-catalog is there already (expected: behavior: merge)");
    }

    /// With the folders that it refers to at the same relative paths.
    private Path copyOfBase() throws IOException {
        var copy = folder.resolve("knative/base");
        copy(BASE, copy);
        for (var function : List.of("wallet", "rounds")) {
            var catalog = Path.of("functions", function, "src", "main", "resources", "catalog");
            copy(Path.of("..", "..").resolve(catalog), folder.resolve(catalog));
        }
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
