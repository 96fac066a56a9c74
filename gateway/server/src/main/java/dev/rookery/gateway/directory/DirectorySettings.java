package dev.rookery.gateway.directory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long it takes until a gateway that died, and its sessions, have vanished. Each is written again three times
/// in that time.
///
/// @param sessionTimeToLive of a session that nobody writes again, in whole seconds
/// @param gatewayTimeToLive of a gateway, in whole seconds
@ConfigurationProperties("rookery.directory")
public record DirectorySettings(
        @DefaultValue("90s") Duration sessionTimeToLive,
        @DefaultValue("9s") Duration gatewayTimeToLive) {

    private static final int WRITTEN_IN_TIME = 3;

    public DirectorySettings {
        wholeSeconds("session-time-to-live", sessionTimeToLive);
        wholeSeconds("gateway-time-to-live", gatewayTimeToLive);
    }

    Duration sessionInterval() {
        return sessionTimeToLive.dividedBy(WRITTEN_IN_TIME);
    }

    Duration gatewayInterval() {
        return gatewayTimeToLive.dividedBy(WRITTEN_IN_TIME);
    }

    /// How long a gateway may be missing from the list before it counts as gone: it may have begun since the last look.
    public Duration grace() {
        return gatewayInterval().multipliedBy(2);
    }

    private static void wholeSeconds(String name, Duration value) {
        if (value.toSeconds() < 1 || !value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException(
                    "rookery.directory." + name + ": " + value + " (expected: whole seconds, >= 1)");
        }
    }
}
