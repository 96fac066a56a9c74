package dev.rookery.knative.load.drill.fault;

import dev.rookery.knative.load.platform.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Makes PostgreSQL find circles. Functions lock players in the order of ids; this locks the last ones first,
/// waits until a function waits for them, and then wants the others, which that function has if it carries out
/// commands of several players in one transaction. PostgreSQL ends one of the two after a second.
///
/// @param prefix of the players' ids
record Deadlocks(Database database, String prefix) {

    private static final int LAST_ONES = 6;
    private static final long PAUSE_MILLIS = 20;

    private static final String LOCK_LAST = """
            select from (select id from ledger.player where id like ? order by id desc limit ?) as last
            join ledger.player using (id) for no key update of player""";

    private static final String LOCK_OTHERS =
            "select from ledger.player where id like ? order by id desc for no key update";

    private static final String WAITS = "select count(*) from pg_stat_activity where ? = any (pg_blocking_pids(pid))";

    /// Blocks as long as it goes on, and a little longer.
    ///
    /// @return how often our own transaction was the one that PostgreSQL ended
    int force(Duration length) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + length.toNanos();
        int victims = 0;
        try (var locking = database.connect();
                var looking = database.connect()) {
            locking.setAutoCommit(false);
            while (System.nanoTime() < deadline) {
                victims += circle(locking, looking, deadline) ? 0 : 1;
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        }
        return victims;
    }

    private boolean circle(Connection locking, Connection looking, long deadline)
            throws SQLException, InterruptedException {
        try {
            lock(locking, LOCK_LAST, true);
            while (!isWaitedFor(locking, looking) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            lock(locking, LOCK_OTHERS, false);
            return true;
        } catch (SQLException e) {
            if (!"40P01".equals(e.getSQLState())) {
                throw e;
            }
            return false;
        } finally {
            locking.rollback();
        }
    }

    private void lock(Connection locking, String text, boolean isLimited) throws SQLException {
        try (var statement = locking.prepareStatement(text)) {
            statement.setString(1, prefix + "%");
            if (isLimited) {
                statement.setInt(2, LAST_ONES);
            }
            statement.execute();
        }
    }

    private static boolean isWaitedFor(Connection locking, Connection looking) throws SQLException {
        try (var asked = locking.createStatement();
                var own = asked.executeQuery("select pg_backend_pid()");
                var statement = looking.prepareStatement(WAITS)) {
            own.next();
            statement.setInt(1, own.getInt(1));
            try (var found = statement.executeQuery()) {
                found.next();
                return found.getInt(1) > 0;
            }
        }
    }
}
