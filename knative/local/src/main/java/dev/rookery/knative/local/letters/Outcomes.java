package dev.rookery.knative.local.letters;

import dev.rookery.knative.local.letters.Letter.Named;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What functions have recorded of commands, as somebody sees it who may see every function's schema.
public final class Outcomes {

    private final String url;
    private final String user;
    private final String password;

    /// @param url JDBC URL of the database in which each function has its schema
    public Outcomes(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /// @param ending `done`, `refused` or `failed`; null when it has none yet
    /// @param tries  that threw
    /// @param reason what the last of them threw; empty when none did
    record Recorded(@Nullable String ending, int tries, String reason) {

        static final Recorded NOTHING = new Recorded(null, 0, "");
    }

    /// What there is of so many commands; of those that are not there nothing is recorded.
    ///
    /// @param function one that the catalog lists: it names the schema
    Map<Named, Recorded> of(String function, Collection<Named> commands) {
        var schema = '"' + function.replace("\"", "\"\"") + '"';
        try (var connection = DriverManager.getConnection(url, user, password);
                var question = connection.prepareStatement("""
                        select c.source, c.id, i.ending, coalesce(f.tries, 0), coalesce(f.reason, '')
                        from unnest(?, ?) as c (source, id)
                        left join %1$s.inbox i on i.source = c.source and i.id = c.id
                        left join %1$s.failure f on f.source = c.source and f.id = c.id
                        where i.id is not null or f.id is not null
                        """.formatted(schema))) {
            question.setArray(
                    1, texts(connection, commands.stream().map(Named::source).toArray()));
            question.setArray(
                    2, texts(connection, commands.stream().map(Named::id).toArray()));
            var recorded = new HashMap<Named, Recorded>();
            try (var rows = question.executeQuery()) {
                while (rows.next()) {
                    recorded.put(
                            new Named(rows.getString(1), rows.getString(2)),
                            new Recorded(rows.getString(3), rows.getInt(4), rows.getString(5)));
                }
            }
            return recorded;
        } catch (SQLException e) {
            throw new IllegalStateException("schema " + function + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static java.sql.Array texts(Connection connection, Object[] texts) throws SQLException {
        return connection.createArrayOf("text", texts);
    }
}
