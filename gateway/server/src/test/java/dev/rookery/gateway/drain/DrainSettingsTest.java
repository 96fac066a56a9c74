package dev.rookery.gateway.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DrainSettingsTest {

    @Test
    void theDefaultsFitInAMinute() {
        var defaults = bind(Map.of());

        assertThat(defaults)
                .isEqualTo(new DrainSettings(
                        Duration.ZERO, Duration.ofSeconds(20), 500, Duration.ofSeconds(1), Duration.ofSeconds(5)));
        assertThat(defaults.bound(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(28));
    }

    @ParameterizedTest
    @CsvSource({
        "balancer-wait, -1s, PT-1S (expected: >= 0)",
        "over, -1s, PT-1S (expected: >= 0)",
        "reconnect-within, -1s, PT-1S (expected: >= 0)",
        "grace, -1s, PT-1S (expected: >= 0)",
        "connections-per-second, 0, 0 (expected: >= 1)"
    })
    void whatCannotWorkIsRefusedByName(String name, String value, String complaint) {
        assertThatThrownBy(() -> bind(Map.of("rookery.drain." + name, value)))
                .rootCause()
                .hasMessage("rookery.drain." + name + ": " + complaint);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "1000, 2000", "10000, 20000", "1000000, 20000"})
    void fewConnectionsNeedNoLongerThanTheirNumberAndManyNoLongerThanAllowed(int connections, long millis) {
        assertThat(bind(Map.of()).span(connections)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void eachConnectsAgainInATimeOfItsOwnAndIsClosedAfterTheGrace() {
        var settings = bind(Map.of());
        long seed = System.nanoTime();

        assertThat(new Random(seed).ints(1_000).mapToObj(each -> Departure.Due.atRandom(settings, new Random(each))))
                .as("seed %d", seed)
                .allMatch(due -> !due.reconnectIn().isNegative()
                        && due.reconnectIn().toMillis() <= 1_000
                        && due.closeIn().equals(due.reconnectIn().plusSeconds(5)))
                .anyMatch(due -> due.reconnectIn().toMillis() < 500)
                .anyMatch(due -> due.reconnectIn().toMillis() > 500);
    }

    private static DrainSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.drain", DrainSettings.class);
    }
}
