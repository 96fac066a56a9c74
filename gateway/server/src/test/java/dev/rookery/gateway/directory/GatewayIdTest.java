package dev.rookery.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GatewayIdTest {

    @Test
    void aProcessHasANameThatNoOtherHas() {
        assertThat(GatewayId.of("gateway-0").value())
                .startsWith("gateway-0.")
                .isNotEqualTo(GatewayId.of("gateway-0").value());
        assertThat(GatewayId.of(null).value()).startsWith("gateway.");
    }

    @Test
    void aNameFitsIntoKeysAndChannels() {
        assertThatThrownBy(() -> GatewayId.of("a b"))
                .hasMessage("rookery.gateway-id: a b (expected: 1 to 50 characters of A-Z a-z 0-9 . _ -)");
    }
}
