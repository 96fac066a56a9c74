package dev.rookery.knative.load.player;

import java.time.Duration;

/// How a player behaves.
///
/// @param connectTimeout for a connection, and again for its welcome
/// @param probe          a connection that is silent for so long is pinged, see [PlayerConnection#probe]
/// @param backoff        between connections that fail, and for a retry for which the server names no time
/// @param window         commands on their way at a time, at most what the server allows. Only with 1 do commands keep
///                       their order when the server takes one and sends the one before it back as `busy`
/// @param maxUndecided   commands, and as many queries, that are kept at all
/// @param remembered     answers that are kept to check that a command is answered once
public record PlayerSettings(
        Duration connectTimeout, Duration probe, Backoff backoff, int window, int maxUndecided, int remembered) {

    public static final PlayerSettings DEFAULT = new PlayerSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
            32,
            1_000,
            10_000);

    public PlayerSettings {
        positive("connectTimeout", connectTimeout);
        positive("probe", probe);
        positive("window", window);
        positive("maxUndecided", maxUndecided);
        positive("remembered", remembered);
    }

    public PlayerSettings withProbe(Duration other) {
        return new PlayerSettings(connectTimeout, other, backoff, window, maxUndecided, remembered);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
