package dev.rookery.gateway.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoneGatewaysTest {

    private Set<String> alive = Set.of("g-1", "g-2");
    private long nowNanos;
    private final GoneGateways gone = new GoneGateways(() -> alive, () -> nowNanos, Duration.ofSeconds(10));

    @Test
    void whoIsListedIsNotGone() {
        assertThat(gone.among(Set.of("g-1", "g-2"), "g-1")).isEmpty();
    }

    @Test
    void whoIsMissedForLongEnoughIsGone() {
        assertThat(gone.among(Set.of("g-2", "g-3"), "g-1")).isEmpty();

        nowNanos = Duration.ofSeconds(9).toNanos();
        assertThat(gone.among(Set.of("g-2", "g-3"), "g-1")).isEmpty();

        nowNanos = Duration.ofSeconds(10).toNanos();
        assertThat(gone.among(Set.of("g-2", "g-3"), "g-1")).containsExactly("g-3");
    }

    @Test
    void whoIsListedMeanwhileIsMissedAfresh() {
        gone.among(Set.of("g-3"), "g-1");
        alive = Set.of("g-1", "g-3");
        gone.among(Set.of("g-3"), "g-1");
        alive = Set.of("g-1");

        nowNanos = Duration.ofSeconds(11).toNanos();

        assertThat(gone.among(Set.of("g-3"), "g-1")).isEmpty();
    }

    @Test
    void aListWithoutWhoAsksSaysNothing() {
        alive = Set.of();
        gone.among(Set.of("g-2"), "g-1");
        nowNanos = Duration.ofSeconds(11).toNanos();

        assertThat(gone.among(Set.of("g-2"), "g-1")).isEmpty();
    }
}
