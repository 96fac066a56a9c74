package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.delivery.emission.EmissionFailedException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Set;

/// Sorts what a function throws by who must act.
public enum Faults {
    /// Two transactions got in each other's way; running it again settles it.
    CONFLICT,
    /// A dependency is lost or overloaded: later.
    LOST_DEPENDENCY,
    /// Ours to mend.
    DEFECT;

    /// Serialization failure, deadlock, and the primary key in which two deliveries of one command meet.
    private static final Set<String> CONFLICT_STATES = Set.of("40001", "40P01", "23505");

    /// Connection, resources, operator intervention (such as a shutdown), system error: PostgreSQL's Appendix A.
    private static final Set<String> LOST_CLASSES = Set.of("08", "53", "57", "58");

    public static Faults of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof EmissionFailedException || cause instanceof SQLTransientException) {
                return LOST_DEPENDENCY;
            }
            if (cause instanceof SQLNonTransientConnectionException || cause instanceof InterruptedException) {
                return LOST_DEPENDENCY;
            }
            if (cause instanceof SQLException sql) {
                return ofState(sql);
            }
        }
        return DEFECT;
    }

    private static Faults ofState(SQLException thrown) {
        var state = thrown.getSQLState();
        if (state == null) {
            // PostgreSQL always says one: this is the pool, which is closed, or whose thread was told to end.
            return LOST_DEPENDENCY;
        }
        if (CONFLICT_STATES.contains(state)) {
            return isOfAnotherKey(thrown) ? DEFECT : CONFLICT;
        }
        return LOST_CLASSES.contains(state.substring(0, 2)) ? LOST_DEPENDENCY : DEFECT;
    }

    /// A unique key of the function's own that is hit is a defect, not a conflict.
    private static boolean isOfAnotherKey(SQLException thrown) {
        return "23505".equals(thrown.getSQLState())
                && !String.valueOf(thrown.getMessage()).contains("\"inbox_pkey\"");
    }
}
