package dev.rookery.functions.rounds;

import dev.rookery.eventing.delivery.significant.WatchedSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How rounds are run.
///
/// @param deadline how long a round waits for its player, from the bet on
/// @param largeWin payouts of so many minor units and more are a fact of their own, `rounds.large-win`
@ConfigurationProperties("rookery.rounds")
record RoundsSettings(
        @DefaultValue("1h") Duration deadline,
        @DefaultValue("1000000") long largeWin) {

    RoundsSettings {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("rookery.rounds.deadline: " + deadline + " (expected: > 0)");
        }
        if (largeWin < 1) {
            throw new IllegalArgumentException("rookery.rounds.large-win: " + largeWin + " (expected: >= 1)");
        }
    }

    WatchedSettings watched() {
        return new WatchedSettings(Map.of(
                "rookery.rounds.deadline", deadline.toString(), "rookery.rounds.large-win", Long.toString(largeWin)));
    }

    /// When a round that begins now is ended for its player.
    Instant deadline(Instant now) {
        return now.plus(deadline);
    }
}
