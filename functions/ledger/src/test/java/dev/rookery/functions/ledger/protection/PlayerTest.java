package dev.rookery.functions.ledger.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlayerTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Player PLAYER = Player.unknown(new PlayerId("p-7")).seenAt(NOON);

    @Test
    void whoeverIsExcludedNeitherDepositsNorBets() {
        var excluded = PLAYER.excluded(NOON, after(Duration.ofDays(1)));

        assertThat(deposit(excluded, 1, NOON)).isEqualTo("excluded");
        assertThat(bet(excluded, 1, after(Duration.ofDays(1)).minusNanos(1))).isEqualTo("excluded");
        assertThat(bet(excluded, 1, after(Duration.ofDays(1)))).isNull();
    }

    @Test
    void anExclusionIsNeverMadeShorter() {
        var forever = PLAYER.excluded(NOON, Player.FOR_EVER).excluded(NOON, after(Duration.ofDays(1)));

        assertThat(bet(forever, 1, after(Duration.ofDays(3_650)))).isEqualTo("excluded");
    }

    @Test
    void anExclusionThatIsOverBeforeItBeginsIsNone() {
        assertThatThrownBy(() -> PLAYER.excluded(NOON, NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("until: 2026-11-24T12:00:00Z (expected: after 2026-11-24T12:00:00Z)");
    }

    @Test
    void aDepositLimitIsOnWhatIsPaidInAlone() {
        var limited = limited(LimitKind.DEPOSIT, Period.DAY, 1_000L);
        var paidIn = Activity.none().plus(new Activity.Sums(900, 500, 800));

        assertThat(limited.deposit("EUR", 100, paidIn, NOON)).isEmpty();
        assertThat(limited.deposit("EUR", 101, paidIn, NOON))
                .contains(new Refusal("deposit-limit", "amount: 101 EUR (expected: at most 100 more this day)"));
    }

    @Test
    void aStakeLimitIsOnWhatIsBetWhateverIsWon() {
        var limited = limited(LimitKind.STAKE, Period.WEEK, 1_000L);
        var bet = Activity.none().plus(new Activity.Sums(0, 950, 5_000));

        assertThat(limited.bet("EUR", 50, bet, NOON)).isEmpty();
        assertThat(limited.bet("EUR", 51, bet, NOON)).map(Refusal::code).contains("stake-limit");
    }

    @Test
    void aLossLimitIsOnWhatIsBetLessWhatIsWon() {
        var limited = limited(LimitKind.LOSS, Period.MONTH, 1_000L);
        var lost = Activity.none().plus(new Activity.Sums(0, 5_950, 5_000));

        assertThat(limited.bet("EUR", 50, lost, NOON)).isEmpty();
        assertThat(limited.bet("EUR", 51, lost, NOON)).map(Refusal::code).contains("loss-limit");
    }

    @Test
    void aLimitCountsInItsCurrencyAlone() {
        var limited = limited(LimitKind.STAKE, Period.DAY, 0L);

        assertThat(limited.bet("USD", 1_000, Activity.none(), NOON)).isEmpty();
    }

    @Test
    void aLimitOfADayDoesNotCountTheWeek() {
        var limited = limited(LimitKind.STAKE, Period.DAY, 1_000L);
        var week = new Activity(
                new Activity.Sums(0, 0, 0), new Activity.Sums(0, 9_000, 0), new Activity.Sums(0, 9_000, 0));

        assertThat(limited.bet("EUR", 1_000, week, NOON)).isEmpty();
    }

    @Test
    void aRealityCheckIsAskedUntilItIsAcknowledged() {
        var paced = PLAYER.paced(Duration.ofMinutes(60), null);

        assertThat(bet(paced, 1, after(Duration.ofMinutes(59)))).isNull();
        assertThat(bet(paced, 1, after(Duration.ofMinutes(60)))).isEqualTo("reality-check");
        assertThat(bet(paced.acknowledged(after(Duration.ofMinutes(61))), 1, after(Duration.ofMinutes(62))))
                .isNull();
    }

    @Test
    void aSessionIsOverAfterItsTimeUntilThereWasAPause() {
        var paced = PLAYER.paced(null, Duration.ofMinutes(20));
        var back = after(Duration.ofMinutes(50));

        assertThat(bet(paced, 1, after(Duration.ofMinutes(20)))).isEqualTo("session-limit");
        assertThat(bet(paced.seenAt(back), 1, back)).isNull();
    }

    /// Or a reality check could be escaped by connecting again.
    @Test
    void aShortPauseDoesNotBeginASession() {
        var again = PLAYER.seenAt(after(Duration.ofMinutes(29)));

        assertThat(again.sessionBegan()).isEqualTo(NOON);
        assertThat(again.seen()).isEqualTo(after(Duration.ofMinutes(29)));
    }

    @Test
    void aPlayerIsSeenToTheMoment() {
        assertThat(PLAYER.seenAt(after(Duration.ofNanos(1_000))).seen()).isEqualTo(after(Duration.ofNanos(1_000)));
    }

    private static Player limited(LimitKind kind, Period period, long amount) {
        return PLAYER.limited(Limits.none().ask("EUR", kind, period, amount, NOON));
    }

    private static Instant after(Duration duration) {
        return NOON.plus(duration);
    }

    private static @Nullable String deposit(Player player, long amount, Instant now) {
        return player.deposit("EUR", amount, Activity.none(), now)
                .map(Refusal::code)
                .orElse(null);
    }

    private static @Nullable String bet(Player player, long amount, Instant now) {
        return player.bet("EUR", amount, Activity.none(), now)
                .map(Refusal::code)
                .orElse(null);
    }
}
