package dev.rookery.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {

    @ParameterizedTest
    @CsvSource({
        "https://play.example.com, play.example.com, true",
        "http://localhost:5173, localhost:8080, true",
        "http://[::1]:5173, [::1]:8080, true",
        "https://PLAY.example.com, play.example.COM:443, true",
        "https://evil.example, play.example.com, false",
        "https://play.example.com.evil.example, play.example.com, false",
        "https://evil.example/play.example.com, play.example.com, false",
        "null, play.example.com, false",
        "'', play.example.com, false",
        "'https://play.example.com https://evil.example', play.example.com, false"
    })
    void whereNoneIsListedAPageIsOfTheSameHost(String origin, String host, boolean isAdmitted) {
        assertThat(new Origins(List.of()).admit(origin, host)).isEqualTo(isAdmitted);
    }

    @ParameterizedTest
    @CsvSource({
        "https://play.example.com, https://play.example.com, true",
        "https://play.example.com, http://play.example.com, false",
        "https://play.example.com, https://play.example.com:8443, false",
        "https://*.example.com, https://play.example.com, true",
        "https://*.example.com, https://a.b.example.com, true",
        "https://*.example.com, https://example.com, false",
        "https://*.example.com, https://.example.com, false",
        "https://*.example.com, https://evilexample.com, false",
        "https://*.example.com, https://evil.example/.example.com, false",
        "https://*.example.com:8443, https://play.example.com:8443, true",
        "https://*.example.com, https://play.example.com:8443, false",
        "null, null, true",
        "*, https://evil.example, true",
        "capacitor://localhost, capacitor://localhost, true"
    })
    void whereSomeAreListedAPageIsOneOfThem(String allowed, String origin, boolean isAdmitted) {
        assertThat(new Origins(List.of(allowed)).admit(origin, "evil.example")).isEqualTo(isAdmitted);
    }

    @Test
    void whoSaysNoOriginIsNoBrowser() {
        assertThat(new Origins(List.of()).admit(null, null)).isTrue();
        assertThat(new Origins(List.of("https://play.example.com")).admit(null, null))
                .isTrue();
    }
}
