package dev.rookery.knative.load.drill;

import dev.rookery.knative.load.drill.fault.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What is drilled.
///
/// @param seed        of everything that is left to chance here
/// @param length      of load and faults; what comes after takes as long as it takes
/// @param players     how many
/// @param faults      that may come
/// @param patience    with the platform, each time that it is waited for when faults are over; longer than a
///                    delivery that failed again and again waits until it is tried again
/// @param overlay     of `knative/overlays` that is drilled
/// @param environment of the platform, beside what every drill sets
public record CampaignPlan(
        long seed,
        Duration length,
        int players,
        Set<Fault.Kind> faults,
        Duration patience,
        String overlay,
        Map<String, String> environment) {

    static final int PLAYERS = 24;
    static final Duration PATIENCE = Duration.ofMinutes(3);
    /// Functions go to zero as soon as Knative lets them.
    static final String OVERLAY = "drill";
    private static final int MOST_PLAYERS = 99;

    /// Times are short, so that what is done by the clock is done within a drill. Several sessions a player: one
    /// whose hello was held back by a fault would otherwise close the one that the player has made since.
    private static final Map<String, String> SETTINGS = Map.of(
            "ROOKERY_ROUNDS_DEADLINE", "15s",
            "ROOKERY_SWEEPAFTER", "6s",
            "ROOKERY_SESSIONS", "several");

    public CampaignPlan {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("--minutes: " + length + " (expected: > 0)");
        }
        if (players < 1 || players > MOST_PLAYERS) {
            throw new IllegalArgumentException("--players: " + players + " (expected: 1.." + MOST_PLAYERS + ")");
        }
        faults = Set.copyOf(faults);
        environment = Map.copyOf(environment);
    }

    /// What the platform is started with.
    Map<String, String> settings() {
        var settings = new TreeMap<>(SETTINGS);
        settings.putAll(environment);
        return settings;
    }
}
