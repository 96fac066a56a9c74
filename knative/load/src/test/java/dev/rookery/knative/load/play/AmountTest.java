package dev.rookery.knative.load.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {

    private static final long SEED = 20_261_124;

    @ParameterizedTest
    @CsvSource({
        "10.00, EUR, 1000",
        "10, EUR, 1000",
        "2.5, EUR, 250",
        "0.01, EUR, 1",
        "007, EUR, 700",
        "10000000000.00, EUR, 1000000000000",
        "5, JPY, 5",
        "1.234, KWD, 1234"
    })
    void anAmountHasTheScaleOfItsCurrency(String number, String currency, long minor) {
        assertThat(Amount.parse(number, currency)).isEqualTo(new Amount(minor, currency));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.005         | EUR | amount: 10.005 (expected: at most 2 digits after the point for EUR)
            10.000         | EUR | amount: 10.000 (expected: at most 2 digits after the point for EUR)
            5.0            | JPY | amount: 5.0 (expected: no digits after the point for JPY)
            10,00          | EUR | amount: 10,00 (expected: a number such as 10 or 2.50)
            -3             | EUR | amount: -3 (expected: a number such as 10 or 2.50)
            1e3            | EUR | amount: 1e3 (expected: a number such as 10 or 2.50)
            ten            | EUR | amount: ten (expected: a number such as 10 or 2.50)
            0              | EUR | amount: 0 minor units (expected: 1..1000000000000)
            10000000000.01 | EUR | amount: 10000000000.01 (expected: at most 10000000000.00 EUR)
            10             | EURO | currency: EURO (expected: a code of ISO 4217 in capitals, such as EUR)
            10             | eur | currency: eur (expected: a code of ISO 4217 in capitals, such as EUR)
            10             | XAU | currency: XAU (expected: one that has minor units)
            """)
    void whatIsNoAmountIsToldWithWhatWasExpected(String number, String currency, String message) {
        assertThatThrownBy(() -> Amount.parse(number, currency))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whateverTheAmountNothingOfItIsLost() {
        var random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            long minor = random.nextLong(1, 1_000_000_000_001L);
            var number = BigDecimal.valueOf(minor, 2).toPlainString();

            assertThat(Amount.parse(number, "EUR").minor())
                    .as("seed %d, %s", SEED, number)
                    .isEqualTo(minor);
        }
    }
}
