package dev.rookery.functions.ledger.audit;

import java.sql.SQLException;

/// A check that the database does by itself.
///
/// @param counted what is looked at, counted
/// @param broken  what is not as it has to be, in three columns of text: row, found, expected
record TableCheck(String name, String sentence, String counted, String broken) implements Check {

    @Override
    public long look(Snapshot snapshot, Findings findings) throws SQLException {
        try (var wrong = snapshot.ask(broken)) {
            while (wrong.next()) {
                findings.add(wrong.getString(1), wrong.getString(2), wrong.getString(3));
            }
        }
        return snapshot.number(counted);
    }
}
