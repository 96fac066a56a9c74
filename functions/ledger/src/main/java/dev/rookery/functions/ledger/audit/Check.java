package dev.rookery.functions.ledger.audit;

import java.sql.SQLException;

/// One thing that has to be so, looked at in one snapshot of the database.
interface Check {

    /// Such as `I1`: the number of the invariant, or the part of it.
    String name();

    /// What has to be so.
    String sentence();

    /// @return how many rows were looked at
    long look(Snapshot snapshot, Findings findings) throws SQLException;
}
