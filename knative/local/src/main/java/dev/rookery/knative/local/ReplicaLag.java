package dev.rookery.knative.local;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/// How far the replica is behind, as the primary sees it.
///
/// @param state  such as `streaming`
/// @param bytes  of the primary's log that the replica has not replayed
/// @param millis that it took to replay what came last; 0 when nothing has been written for a while
record ReplicaLag(String state, long bytes, long millis) {

    private static final String SEEN = """
            select state,
                   coalesce(pg_wal_lsn_diff(pg_current_wal_flush_lsn(), replay_lsn), 0)::bigint,
                   coalesce(extract(epoch from replay_lag) * 1000, 0)::bigint
            from pg_stat_replication
            limit 1""";

    /// For a person; a primary that does not answer is not waited for.
    static String tell(RunningPlatform.Postgres primary) {
        try (var session = DriverManager.getConnection(
                        primary.url() + "?connectTimeout=2&socketTimeout=2",
                        primary.user(),
                        Files.readString(primary.passwordFile()));
                var asked = session.prepareStatement(SEEN);
                var seen = asked.executeQuery()) {
            return seen.next()
                    ? new ReplicaLag(seen.getString(1), seen.getLong(2), seen.getLong(3)).toString()
                    : "does not follow: queries go to the primary";
        } catch (SQLException | IOException e) {
            return "nothing is known of it while the primary does not answer";
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %,d bytes and %,d ms behind", state, bytes, millis);
    }
}
