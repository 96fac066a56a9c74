package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstanceTest {

    @Test
    void aSingleGatewayHasTheNameAndThePortThatItIsGiven() {
        assertThat(Instance.gateways("gateway", settings(8080, 1))).containsExactly(new Instance("gateway", 8080));
    }

    @Test
    void severalGatewaysAreNumberedAndPassOverPortsThatAreTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first = taken.getLocalPort() - 1;

            var gateways = Instance.gateways("gateway", settings(first, 3));

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
        assertThatThrownBy(() -> Instance.gateways("gateway", settings(65_535, 2)))
                .hasMessage("--port: 65535 leaves 1 free ports (expected: 2, one for each gateway)");
    }

    private static UpSettings settings(int port, int gateways) {
        return new UpSettings(Path.of("home"), Path.of("overlay"), Path.of("data"), true, port, gateways, false);
    }
}
