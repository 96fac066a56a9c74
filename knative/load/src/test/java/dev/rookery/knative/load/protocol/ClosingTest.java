package dev.rookery.knative.load.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosingTest {

    @ParameterizedTest
    @CsvSource({
        "4000, RESUME",
        "4005, RESUME",
        "4099, RESUME",
        "4101, AFRESH",
        "4199, AFRESH",
        "4200, STOP",
        "4205, STOP",
        "4299, STOP",
        "1000, RESUME",
        "1006, RESUME",
        "1011, RESUME",
        "4300, RESUME"
    })
    void theCodeSaysWhatAClientDoes(int code, Closing.Action action) {
        assertThat(new Closing(code, "").action()).isEqualTo(action);
    }
}
