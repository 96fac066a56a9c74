package dev.rookery.eventing.contract;

import java.util.regex.Pattern;

/// A CloudEvents `type`: the owning function and a name, `wallet.deposit`.
///
/// @param value `function.name`, both lower case with single dashes between words, 64 characters at most
public record EventType(String value) {

    private static final Pattern SYNTAX = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*\\.[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int MAX_LENGTH = 64;

    public EventType {
        if (value.length() > MAX_LENGTH || !SYNTAX.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "type: " + value + " (expected: function.name in lower case, such as wallet.deposit)");
        }
    }

    /// The function that owns the type; its topics carry the same name.
    public String function() {
        return value.substring(0, value.indexOf('.'));
    }

    /// What is left without the function: `deposit` of `wallet.deposit`.
    public String name() {
        return value.substring(value.indexOf('.') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
