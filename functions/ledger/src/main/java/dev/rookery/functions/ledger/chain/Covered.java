package dev.rookery.functions.ledger.chain;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which rows the chain covers, and by which of their columns, in this order. Whoever adds a link and whoever
/// verifies one asks here, so that both mean the same.
public enum Covered {
    /// In the table `transfer`. Its moment and its batch are the link's.
    TRANSFER(
            "id",
            "debit",
            "credit",
            "amount",
            "code",
            "round",
            "debit_after",
            "debit_version",
            "credit_after",
            "credit_version",
            "command_source",
            "command_id",
            "trace_id"),
    /// In the tables `inbox` of functions: what the player asked and was told, to the byte.
    OUTCOME("source", "id", "fingerprint", "type", "ending", "event_id", "event");

    private final List<String> columns;

    Covered(String... columns) {
        this.columns = List.of(columns);
    }

    public List<String> columns() {
        return columns;
    }

    /// @param values of the columns
    public Entry entry(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    name() + ": " + values.length + " values (expected: " + columns.size() + ")");
        }
        return Entry.of(name().toLowerCase(Locale.ROOT), values);
    }
}
