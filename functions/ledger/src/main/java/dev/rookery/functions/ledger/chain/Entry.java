package dev.rookery.functions.ledger.chain;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A row as the chain sees it: its columns in order, each with its length, nulls told from empty ones.
///
/// @param text such as `transfer 3:117 4:EUR…`
public record Entry(String text) {

    public static Entry of(String table, @Nullable Object... columns) {
        return new Entry(Arrays.stream(columns).map(Entry::column).collect(Collectors.joining(" ", table + " ", "")));
    }

    private static String column(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        var text = value.toString();
        return text.length() + ":" + text;
    }
}
