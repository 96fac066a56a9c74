package dev.rookery.eventing.contract;

/// Identifies one player, the same in every function and every event.
///
/// @param value the subject of the player's token: 1 to 64 characters of `[A-Za-z0-9._:-]`
public record PlayerId(String value) {

    private static final String SOURCE_PREFIX = "/players/";

    public PlayerId {
        Ids.check("player", value);
    }

    /// The CloudEvents `source` of everything this player sends; with the event's id it is the idempotency key
    /// for ever.
    public String source() {
        return SOURCE_PREFIX + value;
    }

    /// @throws IllegalArgumentException when the source is not a player's
    public static PlayerId fromSource(String source) {
        if (!source.startsWith(SOURCE_PREFIX)) {
            throw new IllegalArgumentException("source: " + source + " (expected: " + SOURCE_PREFIX + "{player})");
        }
        return new PlayerId(source.substring(SOURCE_PREFIX.length()));
    }

    @Override
    public String toString() {
        return value;
    }
}
