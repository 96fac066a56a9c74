package dev.rookery.eventing.contract;

/// Identifies one room: players who see one another, share casts, and follow one stream.
///
/// @param value 1 to 64 characters of `[A-Za-z0-9._:-]`
public record RoomId(String value) {

    private static final String OPEN_PREFIX = "open:";

    public RoomId {
        Ids.check("room", value);
    }

    /// Whether everybody may join; every other room needs a grant that a function gave.
    public boolean isOpen() {
        return value.startsWith(OPEN_PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
