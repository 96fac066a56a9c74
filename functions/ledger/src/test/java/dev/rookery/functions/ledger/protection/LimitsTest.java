package dev.rookery.functions.ledger.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant TOMORROW = NOON.plus(Duration.ofHours(24));

    @Test
    void aFirstLimitCountsAtOnce() {
        assertThat(current(with(Limits.none(), 1_000L, NOON), NOON)).isEqualTo(1_000);
    }

    @Test
    void aLimitIsLoweredAtOnce() {
        var limits = with(with(Limits.none(), 1_000L, NOON), 500L, NOON);

        assertThat(current(limits, NOON)).isEqualTo(500);
    }

    @Test
    void aLimitIsRaisedAfterADay() {
        var limits = with(with(Limits.none(), 1_000L, NOON), 2_000L, NOON);

        assertThat(current(limits, TOMORROW.minusNanos(1))).isEqualTo(1_000);
        assertThat(current(limits, TOMORROW)).isEqualTo(2_000);
    }

    @Test
    void aLimitIsTakenAwayAfterADay() {
        var limits = with(with(Limits.none(), 1_000L, NOON), null, NOON);

        assertThat(current(limits, TOMORROW.minusNanos(1))).isEqualTo(1_000);
        assertThat(current(limits, TOMORROW)).isNull();
    }

    @Test
    void whatIsLoweredWhileARaiseIsComingStaysLow() {
        var raised = with(with(Limits.none(), 1_000L, NOON), 2_000L, NOON);
        var limits = with(raised, 500L, NOON.plusSeconds(1));

        assertThat(current(limits, TOMORROW)).isEqualTo(500);
    }

    /// Compared with what counts, not with what is coming: or a raise of a raise would count at once.
    @Test
    void aSecondRaiseTakesADayToo() {
        var limits = with(with(with(Limits.none(), 1_000L, NOON), 5_000L, NOON), 2_000L, NOON.plusSeconds(1));

        assertThat(current(limits, NOON.plusSeconds(2))).isEqualTo(1_000);
        assertThat(current(limits, TOMORROW.plusSeconds(1))).isEqualTo(2_000);
    }

    @Test
    void aPeriodBeginsWhereTheCalendarSaysSo() {
        var tuesday = LocalDate.parse("2026-12-01");

        assertThat(Period.DAY.first(tuesday)).isEqualTo(tuesday);
        assertThat(Period.WEEK.first(tuesday)).isEqualTo(LocalDate.parse("2026-11-30"));
        assertThat(Period.MONTH.first(tuesday)).isEqualTo(tuesday);
    }

    private static Limits with(Limits limits, @Nullable Long amount, Instant now) {
        return limits.with(limits.ask("EUR", LimitKind.STAKE, Period.DAY, amount, now));
    }

    private static @Nullable Long current(Limits limits, Instant now) {
        var current = limits.current("EUR", LimitKind.STAKE, Period.DAY, now);
        return current.isPresent() ? current.getAsLong() : null;
    }
}
