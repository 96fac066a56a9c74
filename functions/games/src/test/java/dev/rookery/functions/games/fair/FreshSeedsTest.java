package dev.rookery.functions.games.fair;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FreshSeedsTest {

    private static final int DRAWS = 1_000;
    private static final long BOUND = Integer.MAX_VALUE;

    /// Two draws in a row of one are nowhere two in a row of the other. For chance alone there are a million pairs of
    /// pairs and 2^62 values: it would say yes once in four million million runs.
    @Test
    void twoInstancesThatStartTogetherShareNothing() throws Exception {
        var together = new CyclicBarrier(2);
        Callable<ServerSeed> instance = () -> {
            together.await();
            return ServerSeed.fresh(new SecureRandom());
        };
        final List<ServerSeed> seeds;
        try (var instances = Executors.newFixedThreadPool(2)) {
            var first = instances.submit(instance);
            var second = instances.submit(instance);
            seeds = List.of(first.get(), second.get());
        }

        assertThat(seeds).doesNotHaveDuplicates();
        var ofTheFirst = pairs(seeds.getFirst());
        assertThat(ofTheFirst).hasSize(DRAWS - 1).doesNotContainAnyElementsOf(pairs(seeds.getLast()));
    }

    @Test
    void oneInstanceNeverMakesASeedTwice() {
        var random = new SecureRandom();
        var commitments = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(commitments.add(ServerSeed.fresh(random).commitment())).isTrue();
        }
    }

    /// Everything but the server's seed is the same for both.
    private static Set<Long> pairs(ServerSeed seed) {
        var draws = new RoundSeed(seed, new ClientSeed("same"), 0, "r-0").draws();
        var pairs = new HashSet<Long>();
        long last = draws.below(Integer.MAX_VALUE);
        for (int i = 1; i < DRAWS; i++) {
            long next = draws.below(Integer.MAX_VALUE);
            pairs.add(last * BOUND + next);
            last = next;
        }
        return pairs;
    }
}
