package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.knative.local.manifest.Manifests;
import dev.rookery.knative.local.manifest.Workload;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstanceTest {

    private static final Path BASE = Path.of("..", "base");

    @Test
    void aSingleGatewayHasTheNameAndThePortThatItIsGiven() {
        assertThat(Instance.of(workload(Workload.Kind.DEPLOYMENT), settings(8080, 1)))
                .containsExactly(new Instance("gateway", 8080));
    }

    @Test
    void severalGatewaysAreNumberedAndPassOverPortsThatAreTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first = taken.getLocalPort() - 1;

            var gateways = Instance.of(workload(Workload.Kind.DEPLOYMENT), settings(first, 3));

            assertThat(gateways).extracting(Instance::name).containsExactly("gateway-1", "gateway-2", "gateway-3");
            assertThat(gateways)
                    .extracting(Instance::port)
                    .startsWith(first)
                    .doesNotContain(taken.getLocalPort())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void tooFewPortsAreToldWithTheirNumber() {
        assertThatThrownBy(() -> Instance.of(workload(Workload.Kind.DEPLOYMENT), settings(65_535, 2)))
                .hasMessage("--port: 65535 leaves 1 free ports (expected: 2, one for each gateway)");
    }

    @Test
    void ofAFunctionThereIsOneHoweverManyGatewaysThereAre() {
        assertThat(Instance.of(workload(Workload.Kind.SERVICE), settings(8080, 4)))
                .extracting(Instance::name)
                .containsExactly("wallet");
    }

    private static Workload workload(Workload.Kind kind) {
        return Manifests.read(BASE).workloads().stream()
                .filter(each -> each.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static UpSettings settings(int port, int gateways) {
        return new UpSettings(Path.of("home"), Path.of("data"), true, port, gateways, false);
    }
}
