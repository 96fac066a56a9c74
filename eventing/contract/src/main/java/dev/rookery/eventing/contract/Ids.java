package dev.rookery.eventing.contract;

/// The one syntax of ids on the wire: 1 to 64 characters of `[A-Za-z0-9._:-]` (player protocol, version 1).
final class Ids {

    private static final int MAX_LENGTH = 64;

    private Ids() {}

    static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isIdCharacter(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static void check(String what, String id) {
        if (!isValid(id)) {
            throw new IllegalArgumentException(
                    what + ": " + shown(id) + " (expected: 1 to 64 characters of A-Z a-z 0-9 . _ : -)");
        }
    }

    private static boolean isIdCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }

    /// An id comes from outside: what is shown of it is short.
    private static String shown(String id) {
        return id.length() <= MAX_LENGTH ? '"' + id + '"' : '"' + id.substring(0, MAX_LENGTH) + "\"…";
    }
}
