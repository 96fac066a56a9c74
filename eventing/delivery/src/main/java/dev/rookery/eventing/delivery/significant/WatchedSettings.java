package dev.rookery.eventing.delivery.significant;

import java.util.Map;

/// Settings whose change is a significant event: what decides about players' money. A function gives a bean of it, and
/// so may a library that functions share.
///
/// @param values by name, such as `rookery.rounds.large-win`; no secrets, because they are recorded and told
public record WatchedSettings(Map<String, String> values) {

    public WatchedSettings {
        values = Map.copyOf(values);
    }
}
