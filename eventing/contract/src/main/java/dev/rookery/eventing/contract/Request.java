package dev.rookery.eventing.contract;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who asks for what; the data goes beside it.
///
/// @param player  who asks
/// @param id      chosen by the client, unique for the player for ever; with the player it is the idempotency key
/// @param type    what is asked
/// @param key     requests of one player with the same key take effect in the order sent; 1 to 256 printable ASCII
///                characters, because it travels as a CloudEvents attribute, and not every hop of HTTP carries others
/// @param time    when the gateway took it, by the gateway's clock
/// @param sending null when it did not come from a client's connection, such as from another producer on the topic
/// @param seen    for queries: the player was told what was committed up to here, so the answer has to have it; null
///                when nothing is known to have been told
public record Request(
        PlayerId player,
        String id,
        EventType type,
        String key,
        Instant time,
        @Nullable Sending sending,
        @Nullable Lsn seen) {

    private static final int MAX_KEY_LENGTH = 256;

    public Request {
        Ids.check("id", id);
        if (!isValidKey(key)) {
            throw new IllegalArgumentException(
                    "key: " + key.length() + " characters (expected: 1.." + MAX_KEY_LENGTH + " of printable ASCII)");
        }
    }

    /// One of a player of whom nothing is known to have been told anything.
    public Request(PlayerId player, String id, EventType type, String key, Instant time, @Nullable Sending sending) {
        this(player, id, type, key, time, sending, null);
    }

    /// The same of a player who was told what was committed up to a place.
    public Request withSeen(@Nullable Lsn newest) {
        return new Request(player, id, type, key, time, sending, newest);
    }

    /// Whether a string may be a request's key.
    public static boolean isValidKey(String key) {
        return !key.isEmpty() && key.length() <= MAX_KEY_LENGTH && key.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /// Whether a string may be a request's id.
    public static boolean isValidId(String id) {
        return Ids.isValid(id);
    }
}
