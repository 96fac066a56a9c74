package dev.rookery.knative.load.play;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/// Money as a person writes it.
///
/// @param minor    in minor units of the currency, 1..10^12, as the wallet takes it
/// @param currency a code of ISO 4217
public record Amount(long minor, String currency) {

    private static final long MAX_MINOR = 1_000_000_000_000L;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}(\\.[0-9]{1,9})?");

    public Amount {
        if (minor < 1 || minor > MAX_MINOR) {
            throw new IllegalArgumentException("amount: " + minor + " minor units (expected: 1.." + MAX_MINOR + ")");
        }
    }

    /// @param number   with as many digits after the point as the currency has, or fewer
    /// @param currency in capitals
    /// @throws IllegalArgumentException when it is no amount; the message says what was expected
    public static Amount parse(String number, String currency) {
        int digits = digits(currency);
        if (!NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException("amount: " + number + " (expected: a number such as 10 or 2.50)");
        }
        var value = new BigDecimal(number);
        // More digits are not cut, not even zeros: 10.000 is ten to some people and ten thousand to others.
        if (value.scale() > digits) {
            throw new IllegalArgumentException(
                    "amount: " + number + " (expected: " + atMost(digits) + " for " + currency + ")");
        }
        var minor = value.movePointRight(digits);
        if (minor.compareTo(BigDecimal.valueOf(MAX_MINOR)) > 0) {
            throw new IllegalArgumentException("amount: " + number + " (expected: at most "
                    + BigDecimal.valueOf(MAX_MINOR, digits).toPlainString() + " " + currency + ")");
        }
        return new Amount(minor.longValueExact(), currency);
    }

    private static int digits(String currency) {
        int digits;
        try {
            digits = Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "currency: " + currency + " (expected: a code of ISO 4217 in capitals, such as EUR)", e);
        }
        if (digits < 0) {
            throw new IllegalArgumentException("currency: " + currency + " (expected: one that has minor units)");
        }
        return digits;
    }

    private static String atMost(int digits) {
        return switch (digits) {
            case 0 -> "no digits after the point";
            case 1 -> "at most 1 digit after the point";
            default -> "at most " + digits + " digits after the point";
        };
    }
}
