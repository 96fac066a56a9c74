package dev.rookery.knative.load.bench.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoneyPlanTest {

    @Test
    void aRateThatIsFarAboveWhatWasReachedIsNotTried() {
        assertThat(MoneyPlan.isWorthATry(1_300, 1_000)).isTrue();
        assertThat(MoneyPlan.isWorthATry(1_301, 1_000)).isFalse();
    }

    @Test
    void everyConnectionHasPlayersOfItsOwn() {
        var bettors = Bettors.fresh(7);

        var each = List.of(bettors.of(0, 3), bettors.of(1, 3), bettors.of(2, 3));

        assertThat(each.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(bettors.cold());
    }

    @Test
    void aConnectionWithoutAPlayerIsRefused() {
        var second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new MoneyPlan(63, 64, second, second, second, List.of(), second, List.of(), second))
                .hasMessage("players: 63 (expected: >= 64, one for each connection)");
    }

    @Test
    void everyBetHasAnIdOfItsOwn() {
        var bettors = Bettors.fresh(1);

        assertThat(bettors.bet("p").id()).isNotEqualTo(bettors.bet("p").id());
        assertThat(bettors.bets()).isEqualTo(2);
    }

    @Test
    void theSizeOfBatchesIsThatSinceTheReadingBefore() {
        var before = BatchSizes.parse("rookery_batch_size_count 10\nrookery_batch_size_sum 20.0\n");
        var after = BatchSizes.parse("""
                # TYPE rookery_batch_size summary
                rookery_batch_size_count{application="rounds"} 30
                rookery_batch_size_sum{application="rounds"} 420.0
                rookery_batch_size_max{application="rounds"} 50.0
                """);

        assertThat(after.averageSince(before)).isEqualTo(20.0);
    }
}
