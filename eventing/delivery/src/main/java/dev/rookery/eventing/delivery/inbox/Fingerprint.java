package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.EventType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Tells whether two commands with one id are the same command: SHA-256 of type and data, the data with its
/// fields sorted, so that a client may write them in another order when it sends a command again.
public final class Fingerprint {

    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .disable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Fingerprint() {}

    /// @return 64 hex digits
    public static String of(EventType type, JsonNode data) {
        var canonical = type.value() + "\n" + CANONICAL.writeValueAsString(data);
        return of(canonical.getBytes(StandardCharsets.UTF_8));
    }

    /// Of data that cannot be read.
    public static String of(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
