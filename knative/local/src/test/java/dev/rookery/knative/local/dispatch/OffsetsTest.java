package dev.rookery.knative.local.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetsTest {

    private final Offsets offsets = new Offsets();

    @Test
    void whatIsDoneInOrderMayBeCommitted() {
        offsets.taken(7);
        offsets.taken(8);

        offsets.done(7);

        assertThat(offsets.committable()).hasValue(8);
    }

    @Test
    void oneThatIsNotDoneHoldsBackAllAfterIt() {
        offsets.taken(7);
        offsets.taken(8);
        offsets.taken(9);

        offsets.done(8);
        offsets.done(9);

        assertThat(offsets.committable()).hasValue(7);
    }

    @Test
    void gapsInThePartitionAreNoHindrance() {
        offsets.taken(7);
        offsets.taken(11);

        offsets.done(11);
        offsets.done(7);

        assertThat(offsets.committable()).hasValue(12);
    }

    @Test
    void nothingIsCommittedTwice() {
        offsets.taken(7);
        offsets.done(7);

        offsets.committed(8);

        assertThat(offsets.committable()).isEmpty();
    }

    @Test
    void whereNothingWasTakenNothingIsCommitted() {
        assertThat(offsets.committable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverIsMoreCommittableThanIsDone(long seed) {
        var taken = new ArrayList<Long>();
        for (long offset = 0; offset < 200; offset++) {
            offsets.taken(offset);
            taken.add(offset);
        }
        var open = new TreeSet<>(taken);
        Collections.shuffle(taken, new Random(seed));

        for (var offset : taken) {
            offsets.done(offset);
            open.remove(offset);

            assertThat(offsets.committable().orElseThrow())
                    .as("seed %d after offset %d", seed, offset)
                    .isEqualTo(open.isEmpty() ? 200 : open.getFirst());
        }
    }
}
