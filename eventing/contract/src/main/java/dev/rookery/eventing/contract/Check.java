package dev.rookery.eventing.contract;

/// Checks of fixed-length hexadecimal text.
final class Check {

    private Check() {}

    static void hex(String what, String value, int length) {
        boolean fits = value.length() == length
                && value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        if (!fits) {
            throw new IllegalArgumentException(
                    what + ": " + value + " (expected: " + length + " hex digits, lower case)");
        }
    }
}
