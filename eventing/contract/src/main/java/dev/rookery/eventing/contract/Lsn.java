package dev.rookery.eventing.contract;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// A place in the log of the primary database (PostgreSQL's log sequence number): whoever has replayed that far has
/// everything that was committed before it.
///
/// Written as 16 hex digits, lower case, so that texts compare as places do.
///
/// @param value unsigned
public record Lsn(long value) implements Comparable<Lsn> {

    private static final Pattern POSTGRES = Pattern.compile("([0-9A-F]{1,8})/([0-9A-F]{1,8})");
    private static final int DIGITS = 16;
    private static final int HALF = 32;

    /// Reads what [#toString()] wrote.
    ///
    /// @throws IllegalArgumentException when it is something else
    public static Lsn parse(String text) {
        Check.hex("lsn", text, DIGITS);
        return new Lsn(HexFormat.fromHexDigitsToLong(text));
    }

    /// Reads PostgreSQL's own form, such as `16/B374D848`.
    ///
    /// @throws IllegalArgumentException when it is something else
    public static Lsn ofPostgres(String text) {
        var parts = POSTGRES.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("lsn: " + text + " (expected: such as 16/B374D848)");
        }
        long high = HexFormat.fromHexDigitsToLong(parts.group(1));
        return new Lsn(high << HALF | HexFormat.fromHexDigitsToLong(parts.group(2)));
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
