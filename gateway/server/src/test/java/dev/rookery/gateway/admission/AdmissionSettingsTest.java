package dev.rookery.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AdmissionSettingsTest {

    @Test
    void aPodTakesWhatOneProcessCanHoldAndThisMachineIsNotLimited() {
        assertThat(bind(Map.of()))
                .isEqualTo(new AdmissionSettings(
                        16_000,
                        2_000,
                        200,
                        500,
                        20,
                        200,
                        50_000,
                        List.of(Network.of("127.0.0.0/8"), Network.of("::1")),
                        List.of(),
                        AdmissionSettings.ProxiesTell.FORWARDED_FOR,
                        List.of(),
                        Duration.ofSeconds(5)));
    }

    @Test
    void listsAreSeparatedByCommasAndMayBeEmpty() {
        var settings = bind(Map.of(
                "rookery.admission.proxies", "10.0.0.0/8,2001:db8::/32",
                "rookery.admission.origins", "https://Play.example.com,null",
                "rookery.admission.unlimited", ""));

        assertThat(settings.proxies()).containsExactly(Network.of("10.0.0.0/8"), Network.of("2001:db8::/32"));
        assertThat(settings.origins()).containsExactly("https://play.example.com", "null");
        assertThat(settings.unlimited()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "max-connections",
        "max-waiting",
        "max-waiting-per-address",
        "max-per-address",
        "attempts-burst",
        "max-addresses"
    })
    void everyBoundIsAtLeastOne(String name) {
        assertThatThrownBy(() -> bind(Map.of("rookery.admission." + name, "0")))
                .rootCause()
                .hasMessage("rookery.admission." + name + ": 0 (expected: >= 1)");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "NaN, NaN", "1e7, 1.0E7"})
    void anAddressGetsItsAttemptsBackOneDay(String given, String shown) {
        assertThatThrownBy(() -> bind(Map.of("rookery.admission.attempts-per-second", given)))
                .rootCause()
                .hasMessage("rookery.admission.attempts-per-second: " + shown + " (expected: 0.01..1000000.0)");
    }

    @Test
    void nobodyIsToldToComeBackAtOnce() {
        assertThatThrownBy(() -> bind(Map.of("rookery.admission.retry-after", "900ms")))
                .rootCause()
                .hasMessage("rookery.admission.retry-after: PT0.9S (expected: >= 1s)");
    }

    @Test
    void anOriginIsOne() {
        assertThatThrownBy(() -> bind(Map.of("rookery.admission.origins", "play.example.com")))
                .rootCause()
                .hasMessageStartingWith("origin: play.example.com (expected: ");
    }

    private static AdmissionSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("rookery.admission", AdmissionSettings.class);
    }
}
