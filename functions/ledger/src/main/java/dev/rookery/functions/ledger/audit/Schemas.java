package dev.rookery.functions.ledger.audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Which schemas there are beside the ledger's.
///
/// @param inboxes   that hold outcomes which the chain covers
/// @param hasRounds whether there is a schema of rounds
record Schemas(List<String> inboxes, boolean hasRounds) {

    private static final String INBOXES = """
            select quote_ident(namespace.nspname)
            from pg_class as class
            join pg_namespace as namespace on namespace.oid = class.relnamespace
            join pg_attribute as attribute on attribute.attrelid = class.oid
            where class.relname = 'inbox' and class.relkind in ('r', 'p') and attribute.attname = 'batch'
            order by 1""";

    static Schemas of(Snapshot snapshot) throws SQLException {
        var inboxes = new ArrayList<String>();
        try (var found = snapshot.ask(INBOXES)) {
            while (found.next()) {
                inboxes.add(found.getString(1));
            }
        }
        return new Schemas(List.copyOf(inboxes), snapshot.number("select count(to_regclass('rounds.round'))") == 1);
    }

    /// Outcomes of all functions that were recorded in a named transaction, as a table named `outcome`.
    String outcomes() {
        if (inboxes.isEmpty()) {
            throw new IllegalStateException("inboxes: none (expected: of a function that works with the ledger)");
        }
        return inboxes.stream()
                .map(inbox -> "select source, id, fingerprint, type, ending, event_id, event, batch from " + inbox
                        + ".inbox where batch is not null")
                .collect(Collectors.joining("\nunion all ", "(", ") as outcome"));
    }
}
