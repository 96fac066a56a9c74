package dev.rookery.knative.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateSearchTest {

    private static final long SEED = 20_261_124;

    @Test
    void itBeginsAboveTheHighestThatHeld() {
        var search = RateSearch.after(Map.of(1, true, 50, true, 200, true), 4_000, 8);

        assertThat(search.next()).hasValue(400);
        assertThat(search.tried(true).next()).hasValue(800);
    }

    @Test
    void itHalvesTheDistanceBelowTheLowestThatDidNotHold() {
        var search = RateSearch.after(Map.of(1, true, 50, true, 200, false), 4_000, 8);

        assertThat(search.next()).hasValue(100);
        assertThat(search.tried(true).next()).hasValue(150);
        assertThat(search.tried(false).next()).hasValue(75);
    }

    @Test
    void aRateThatHoldsCountsForALowerOneThatDidNot() {
        var search = RateSearch.after(Map.of(1, false, 50, true, 200, true), 4_000, 8);

        assertThat(search.held()).isEqualTo(200);
    }

    @Test
    void whenNothingHoldsThereIsNothingToSearch() {
        var search = RateSearch.after(Map.of(1, false, 50, false), 4_000, 8);

        assertThat(search.next()).isEmpty();
        assertThat(search.held()).isZero();
    }

    @Test
    void itNeverTriesMoreThanItMay() {
        var search = RateSearch.after(Map.of(200, true), 4_000, 1).tried(true);

        assertThat(search.next()).isEmpty();
        assertThatThrownBy(() -> search.tried(true)).hasMessage("the search is over (expected: a rate to try)");
    }

    @Test
    void whereverTheLimitIsItIsFoundToATenthAndNoRateIsTriedTwice() {
        var random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            int capacity = random.nextInt(200, 3_990);

            var search = searchedFor(capacity);

            assertThat(search.held()).as("seed %d, capacity %d", SEED, capacity).isLessThanOrEqualTo(capacity);
            assertThat(search.failed())
                    .as("seed %d, capacity %d", SEED, capacity)
                    .isGreaterThan(capacity)
                    .isLessThanOrEqualTo((int) (search.held() * 1.1));
        }
    }

    private static RateSearch searchedFor(int capacity) {
        var search = RateSearch.after(Map.of(1, true, 200, true), 4_000, 20);
        var tried = new HashSet<Integer>();
        for (var next = search.next(); next.isPresent(); next = search.next()) {
            assertThat(tried.add(next.getAsInt()))
                    .as("capacity %d, %s", capacity, tried)
                    .isTrue();
            search = search.tried(next.getAsInt() <= capacity);
        }
        return search;
    }
}
