package dev.rookery.functions.games.fair;

/// What the player adds to the house's seed, so that the house cannot know the draws when it commits to it.
///
/// @param value 1 to 64 printable characters of ASCII, spaces included, but no `:`, which parts the seed from what
/// follows
public record ClientSeed(String value) {

    private static final int MAX_LENGTH = 64;

    public ClientSeed {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "clientSeed: " + value.length() + " characters (expected: 1.." + MAX_LENGTH + ")");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == ':') {
                throw new IllegalArgumentException("clientSeed: character " + String.format("U+%04X", (int) c)
                        + " at place " + i + " (expected: printable ASCII without ':')");
            }
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
