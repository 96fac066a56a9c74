package dev.rookery.knative.local.manifest;

import java.util.Map;

/// A PingSource: an event that a service is sent again and again, by the clock.
///
/// @param contentType of the data
/// @param data        the same each time; may be empty
/// @param extensions  that the event has besides (`ceOverrides`)
/// @param service     name of the Knative Service that is posted to
public record Ping(
        String name,
        String namespace,
        Schedule schedule,
        String contentType,
        String data,
        Map<String, String> extensions,
        String service) {

    public Ping {
        extensions = Map.copyOf(extensions);
        for (var extension : extensions.keySet()) {
            if (!extension.matches("[a-z0-9]{1,20}")) {
                throw new IllegalArgumentException("spec.ceOverrides.extensions: " + extension
                        + " (expected: 1 to 20 lower-case letters and digits)");
            }
        }
    }
}
