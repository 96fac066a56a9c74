package dev.rookery.knative.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final long BEGIN = Long.MAX_VALUE - 5_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 7, 1_000, 333_333})
    void whatIsDueAtAMomentIsWhatHasItsMomentUntilThen(long perSecond) {
        var pace = new Pace(perSecond, BEGIN);

        for (long number : new long[] {0, 1, perSecond - 1, perSecond, 2 * perSecond + 1}) {
            assertThat(pace.due(pace.at(number) - 1)).isLessThanOrEqualTo(number);
            assertThat(pace.due(pace.at(number) + 1)).isEqualTo(number + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000_000_000})
    void nothingIsDueBeforeTheBeginning(long perSecond) {
        assertThat(new Pace(perSecond, BEGIN).due(BEGIN - 1)).isZero();
    }
}
