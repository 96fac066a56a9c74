package dev.rookery.eventing.contract;

import java.util.regex.Pattern;

/// Why something was not done: an expected no, which the player acts on.
///
/// @param code    stable, for programs: lower case with dashes, such as `insufficient-funds`
/// @param message for people: what was asked and what would have been possible
public record Refusal(String code, String message) {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public Refusal {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("code: " + code + " (expected: lower case with dashes)");
        }
    }
}
