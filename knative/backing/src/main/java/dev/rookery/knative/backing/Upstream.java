package dev.rookery.knative.backing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// What a replica has to do with its primary: the role by which it gets in, and the slot for which the primary keeps
/// its log. One session of the primary's superuser.
final class Upstream implements AutoCloseable {

    static final String ROLE = "rookery_replica";
    static final String SLOT = ROLE;
    /// A primary that is halted answers nothing; a checkpoint may take its time.
    private static final String BOUNDS = "?connectTimeout=2&loginTimeout=5&socketTimeout=60";

    private final Postgres primary;
    private final Connection session;

    private Upstream(Postgres primary, Connection session) {
        this.primary = primary;
        this.session = session;
    }

    /// @throws SQLException when the primary does not serve
    static Upstream connect(Postgres primary) throws SQLException {
        var url = primary.jdbcUrl("postgres") + BOUNDS;
        return new Upstream(primary, DriverManager.getConnection(url, primary.superuser(), primary.password()));
    }

    Connection session() {
        return session;
    }

    Path data() {
        return primary.data();
    }

    /// The role may do nothing else.
    ///
    /// @param password hex digits
    void allow(String password) throws SQLException {
        var verb = isThere("from pg_roles where rolname = '" + ROLE + "'") ? "alter" : "create";
        execute(verb + " role " + ROLE + " login replication password '" + password + "'");
    }

    /// Whether the log is there from where the replica is.
    boolean hasTheLog() throws SQLException {
        return isThere("from pg_replication_slots where slot_name = '" + SLOT + "' and wal_status <> 'lost'");
    }

    boolean isInUse() throws SQLException {
        return isThere("from pg_replication_slots where slot_name = '" + SLOT + "' and active");
    }

    /// Whether the replica has all but the newest of the log and is being sent that.
    boolean isFollowed() throws SQLException {
        return isThere("from pg_stat_replication where usename = '" + ROLE + "' and state = 'streaming'");
    }

    /// Ends the session that uses the slot: who had it has ended, which the primary may not have noticed.
    void cutOff() throws SQLException {
        execute("select pg_terminate_backend(active_pid) from pg_replication_slots" + " where slot_name = '" + SLOT
                + "' and active");
    }

    /// From now on the log is kept.
    void renewSlot() throws SQLException {
        execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '" + SLOT
                + "'");
        execute("select pg_create_physical_replication_slot('" + SLOT + "', immediately_reserve => true)");
    }

    private boolean isThere(String what) throws SQLException {
        try (var asked = session.prepareStatement("select " + what);
                var answer = asked.executeQuery()) {
            return answer.next();
        }
    }

    private void execute(String statement) throws SQLException {
        try (var each = session.createStatement()) {
            each.execute(statement);
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
