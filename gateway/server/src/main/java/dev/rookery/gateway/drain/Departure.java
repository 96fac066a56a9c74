package dev.rookery.gateway.drain;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// What a connection hears of the end, as an event in its pipeline, on its own loop.
public sealed interface Departure {

    /// The pod goes. Whoever is not welcome yet has nothing to finish and goes at once.
    record Begun() implements Departure {}

    /// It is this connection's turn: its client is told to connect again elsewhere.
    ///
    /// @param reconnectIn after which the client is to connect again
    /// @param closeIn     after which the connection is closed
    record Due(Duration reconnectIn, Duration closeIn) implements Departure {

        /// With a time of its own to connect again.
        public static Due atRandom(DrainSettings settings, RandomGenerator random) {
            var reconnectIn =
                    Duration.ofMillis(random.nextLong(settings.reconnectWithin().toMillis() + 1));
            return new Due(reconnectIn, reconnectIn.plus(settings.grace()));
        }
    }
}
