package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UpSettingsTest {

    @ParameterizedTest
    @CsvSource({"0, 1, --port: 0 (expected: 1..65535)", "65536, 1, --port: 65536 (expected: 1..65535)"})
    void aPortThatIsNoneIsRefused(int port, int gateways, String complaint) {
        assertThatThrownBy(() -> settings(port, gateways)).hasMessage(complaint);
    }

    @ParameterizedTest
    @CsvSource({"0, --gateways: 0 (expected: 1..4)", "5, --gateways: 5 (expected: 1..4)"})
    void moreGatewaysThanAMachineIsForAreRefused(int gateways, String complaint) {
        assertThatThrownBy(() -> settings(8080, gateways)).hasMessage(complaint);
    }

    @Test
    void oneGatewayIsTheDefault() {
        var gateways = new CommandLine(new Up())
                .getCommandSpec()
                .findOption("--gateways")
                .defaultValue();

        assertThat(gateways).isEqualTo("1");
    }

    private static UpSettings settings(int port, int gateways) {
        return new UpSettings(Path.of("home"), Path.of("overlay"), Path.of("data"), true, port, gateways, false);
    }
}
