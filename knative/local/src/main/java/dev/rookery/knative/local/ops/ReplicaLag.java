package dev.rookery.knative.local.ops;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/// How far the replica is behind, as the primary sees it.
///
/// @param state  such as `streaming`
/// @param bytes  of the primary's log that the replica has not replayed
/// @param millis that it took to replay what came last; 0 when nothing has been written for a while
public record ReplicaLag(String state, long bytes, long millis) {

    private static final String SEEN = """
            select state,
                   coalesce(pg_wal_lsn_diff(pg_current_wal_flush_lsn(), replay_lsn), 0)::bigint,
                   coalesce(extract(epoch from replay_lag) * 1000, 0)::bigint
            from pg_stat_replication
            limit 1""";

    /// @return empty when none follows
    static Optional<ReplicaLag> read(Connection primary) throws SQLException {
        try (var asked = primary.prepareStatement(SEEN);
                var seen = asked.executeQuery()) {
            return seen.next()
                    ? Optional.of(new ReplicaLag(seen.getString(1), seen.getLong(2), seen.getLong(3)))
                    : Optional.empty();
        }
    }

    /// For a person; a primary that does not answer is not waited for.
    public static String tell(Primary primary) {
        try (var connection = primary.open()) {
            return read(connection).map(ReplicaLag::toString).orElse("does not follow: queries go to the primary");
        } catch (SQLException e) {
            return "nothing is known of it while the primary does not answer";
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %,d bytes and %,d ms behind", state, bytes, millis);
    }
}
