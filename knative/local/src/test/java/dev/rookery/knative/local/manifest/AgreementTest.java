package dev.rookery.knative.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Catalog, code, manifests and gateway say the same; and when they do not, each place is told.
class AgreementTest {

    @TempDir
    Path copy;

    @Test
    void nothingIsSaidInTwoWays() {
        assertThat(Agreement.mismatches(ProjectFiles.REAL)).isEmpty();
    }

    @Test
    void everyPodIsProbedLimitedAndRestricted() {
        assertThat(Hardening.omissions(ProjectFiles.REAL.documents())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "functions/wallet/src/main/resources/catalog/wallet.json | wallet.deposit | wallet.pay-in"
                        + " | EventTypes of wallet: wallet.pay-in of KafkaSource wallet-commands is missing",
                "functions/wallet/src/main/resources/catalog/wallet.json | wallet.deposit | wallet.pay-in"
                        + " | EventTypes of wallet: wallet.deposit of KafkaSource wallet-commands is not expected",
                "functions/wallet/src/main/resources/catalog/wallet.json | wallet.deposit | wallet.pay-in"
                        + " | beans of wallet: payIn of Command is missing",
                "functions/wallet/src/main/resources/catalog/wallet.json | \"type\": \"wallet.excluded\""
                        + " | \"type\": \"wallet.left\" | wallet.left: significant (expected: a fact of the code's)",
                "functions/wallet/src/main/resources/catalog/event-types.yaml | value: wallet.exclude | value: wallet.out"
                        + " | EventType wallet.exclude: type: wallet.out (expected: wallet.exclude)",
                "functions/wallet/src/main/resources/catalog/event-types.yaml | wallet-queries | wallet-commands"
                        + " | EventTypes of wallet: wallet.balance of KafkaSource wallet-queries is missing",
                "functions/wallet/src/main/resources/catalog/event-types.yaml | {name: id, required: true} | {name: id}"
                        + " | EventType wallet.deposit: no attribute id",
                "functions/wallet/src/main/resources/application.yaml | function: wallet | function: purse"
                        + " | application.yaml of wallet: rookery.function: purse (expected: wallet)",
                "functions/wallet/src/main/java/dev/rookery/functions/wallet/WalletApplication.java | Answer> balance("
                        + " | Answer> funds( | beans of wallet: balance of Query is missing",
                "knative/base/wallet.yaml | consumerGroup: wallet-queries | consumerGroup: wallet-commands"
                        + " | KafkaSources of wallet: wallet-queries from rookery.wallet.queries as wallet-queries is missing",
                "knative/base/wallet.yaml | consumerGroup: wallet-given-up | consumerGroup: wallet-commands"
                        + " | KafkaSources of wallet: wallet-given-up from rookery.dead-letters as wallet-given-up is missing",
                "knative/base/wallet.yaml | name: rookery.wallet.facts | name: rookery.purse.facts"
                        + " | topics: rookery.wallet.facts is missing",
                "knative/base/wallet.yaml | image: rookery/wallet | image: rookery/rounds"
                        + " | image of wallet: rookery/rounds (expected: rookery/wallet)",
                "knative/base/wallet.yaml | value: only | value: start"
                        + " | ROOKERY_MIGRATE of wallet-migrate: start (expected: only)",
                "knative/base/wallet.yaml | name: wallet-owner | name: wallet-postgres"
                        + " | Secrets of wallet-migrate: wallet-owner is missing",
                "knative/base/wallet.yaml | name: wallet-migrate | name: wallet-flyway | Job wallet-migrate: none",
                "knative/base/wallet.yaml | value: wallet,ledger | value: wallet"
                        + " | ROOKERY_SCHEMAS of wallet-migrate: wallet,ledger (expected: wallet)",
                "knative/base/wallet.yaml | containerConcurrency: 128 | containerConcurrency: 127"
                        + " | containerConcurrency of wallet: 127 (expected: 128)",
                "knative/base/wallet.yaml | */10 * * * * | */20 * * * *"
                        + " | PingSource of wallet: every 20 minutes (expected: < 14)",
                "knative/base/wallet.yaml | port: 8081 | port: 8080 | wallet: probe: 8080 (expected: 8081)",
                "knative/base/wallet.yaml | containerPort: 8080 | containerPort: 8888"
                        + " | wallet: port: 8888 (expected: 8080)",
                "knative/base/wallet.yaml | ROOKERY_CATALOG_DIRECTORY | ROOKERY_CATALOG | variable ROOKERY_CATALOG: nobody",
                "knative/base/wallet.yaml | serviceAccountName: wallet | serviceAccountName: purse"
                        + " | ServiceAccounts: purse is missing",
                "knative/base/wallet.yaml | know it by.~        rookery.dev/part: function"
                        + " | know it by.~        rookery.dev/part: purse | parts: purse is not expected",
                "knative/base/network.yaml | port: 8081 | port: 8082 | NetworkPolicy telemetry: 8082 (expected: 8081)",
                "knative/base/network.yaml | port: 8080 | port: 80 | NetworkPolicy gateway-players: 80 (expected: 8080)",
                "knative/base/gateway.yaml | terminationGracePeriodSeconds: 60 | terminationGracePeriodSeconds: 42"
                        + " | terminationGracePeriodSeconds of gateway: 42 (expected: >= 43)",
                "knative/base/gateway.yaml | targetPort: players | targetPort: http"
                        + " | targetPort of Service gateway: http (expected: one of [players, management])",
                "knative/base/gateway.yaml | name: rookery_gateway_active_connections | name: rookery_gateway_sockets"
                        + " | metric of the autoscaler: rookery_gateway_sockets",
                "knative/base/gateway.yaml | state: upgraded | state: open | state of the autoscaler's metric: open",
                "knative/base/gateway.yaml | averageValue: \"8000\" | averageValue: \"16000\""
                        + " | averageValue of the autoscaler: 16000 (expected: < 16000)",
                "knative/base/gateway.yaml | maxUnavailable: 1~  selector:~    matchLabels:~      rookery.dev/part: gateway"
                        + " | selector:~    matchLabels:~      app: gateway"
                        + " | selector of PodDisruptionBudget gateway: {app=gateway}",
                "knative/overlays/production/rookery.env | ROOKERY_ORIGINS | ROOKERY_ORIGIN | variable ROOKERY_ORIGIN: nobody",
            })
    void eachPlaceThatSaysOtherwiseIsTold(String file, String said, String otherwise, String mismatch)
            throws IOException {
        var files = copy();
        edit(files, file, said, otherwise);

        assertThat(Agreement.mismatches(files)).anyMatch(each -> each.startsWith(mismatch));
    }

    @Test
    void severalMismatchesAreToldAtOnce() throws IOException {
        var files = copy();
        edit(files, "knative/base/wallet.yaml", "containerConcurrency: 128", "containerConcurrency: 127");
        edit(files, "knative/base/network.yaml", "port: 8080", "port: 80");

        assertThat(Agreement.mismatches(files)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wallet.yaml  | memory: 256Mi            | Service wallet: requests.memory",
                "wallet.yaml  | cpu: 250m                | Service wallet: requests.cpu",
                "wallet.yaml  | limits:~              memory: 384Mi | Service wallet: limits.memory",
                "wallet.yaml  | runAsNonRoot: true       | Service wallet: runAsNonRoot",
                "rounds.yaml  | readOnlyRootFilesystem: true | Service rounds: readOnlyRootFilesystem",
                "gateway.yaml | allowPrivilegeEscalation: false | Deployment gateway: allowPrivilegeEscalation",
                "wallet.yaml  | drop: [ALL]              | Service wallet: capabilities",
                "wallet.yaml  | type: RuntimeDefault     | Service wallet: seccompProfile",
                "gateway.yaml | automountServiceAccountToken: false | Deployment gateway: automountServiceAccountToken",
                "gateway.yaml | serviceAccountName: gateway | Deployment gateway: serviceAccountName",
            })
    void whatAPodLeavesOutIsTold(String file, String said, String omission) throws IOException {
        var files = copy();
        edit(files, "knative/base/" + file, said, "");

        assertThat(Hardening.omissions(files.documents())).contains(omission);
    }

    @ParameterizedTest
    @CsvSource({
        "wallet.yaml, startupProbe, readiness, Service wallet: startupProbe",
        "wallet.yaml, readinessProbe, readiness, Service wallet: readinessProbe",
        "gateway.yaml, livenessProbe, liveness, Deployment gateway: livenessProbe",
    })
    void aProbeThatAsksForNothingIsTold(String file, String probe, String group, String omission) throws IOException {
        var files = copy();
        edit(
                files,
                "knative/base/" + file,
                probe + ":~            httpGet:~              path: /actuator/health/" + group,
                probe + ":~            tcpSocket:");

        assertThat(Hardening.omissions(files.documents())).contains(omission);
    }

    @Test
    void aJobIsLookedAtToo() throws IOException {
        var files = copy();
        var text = files.text("knative/base/wallet.yaml");
        var job = text.indexOf("kind: Job");
        Files.writeString(
                files.of("knative/base/wallet.yaml"),
                text.substring(0, job) + text.substring(job).replaceFirst("runAsNonRoot: true", "privileged: false"));

        assertThat(Hardening.omissions(files.documents())).containsExactly("Job wallet-migrate: runAsNonRoot");
    }

    private static void edit(ProjectFiles files, String file, String said, String otherwise) throws IOException {
        var text = files.text(file);
        var from = said.replace('~', '\n');
        assertThat(text).contains(from);
        var at = text.indexOf(from);
        Files.writeString(
                files.of(file),
                text.substring(0, at) + otherwise.replace('~', '\n') + text.substring(at + from.length()));
    }

    /// Of all that is looked at.
    private ProjectFiles copy() throws IOException {
        for (var folder : List.of(
                "knative/base",
                "knative/overlays",
                "functions/ledger/src/main",
                "functions/wallet/src/main",
                "functions/rounds/src/main",
                "eventing/delivery/src/main",
                "eventing/stream/src/main",
                "gateway/server/src/main")) {
            copy(ProjectFiles.REAL.of(folder), copy.resolve(folder));
        }
        return new ProjectFiles(copy);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
