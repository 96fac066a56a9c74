package dev.rookery.gateway.directory;

import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names one gateway process, in keys and channels.
public record GatewayId(String value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,50}");
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public GatewayId {
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "gateway: " + value + " (expected: 1 to 64 characters of A-Z a-z 0-9 . _ -)");
        }
    }

    /// The name that an operator gave, and what no other process has: one that starts again under a name is another,
    /// which holds nothing of what the one before it held.
    public static GatewayId of(@Nullable String given) {
        if (given != null && !NAME.matcher(given).matches()) {
            throw new IllegalArgumentException(
                    "rookery.gateway-id: " + given + " (expected: 1 to 50 characters of A-Z a-z 0-9 . _ -)");
        }
        var process = Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX);
        return new GatewayId((given == null ? "gateway" : given) + "." + process);
    }

    @Override
    public String toString() {
        return value;
    }
}
