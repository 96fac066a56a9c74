package dev.rookery.functions.ledger.protection;

import java.util.Arrays;

/// What a limit is on.
public enum LimitKind {
    /// Money paid in, whatever is paid out (RTS 12D: gross).
    DEPOSIT("deposit"),
    /// Money bet.
    STAKE("stake"),
    /// Money bet less money won.
    LOSS("loss");

    private final String wireName;

    LimitKind(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static LimitKind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("kind: " + wireName + " (expected: deposit, stake or loss)"));
    }
}
