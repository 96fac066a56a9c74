package dev.rookery.eventing.delivery.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings a function's schema up to date: the inbox first, then the function's own tables. Each has a history of
/// its own, so that neither numbers around the other.
///
/// Most starts find nothing to do, and a query tells: what migrates is not even loaded then. Of those who find
/// something, one migrates a schema at a time, and the others then find it done.
public final class Migrations {

    /// How many of them who migrates takes at a time: Flyway's two, and one that holds the lock.
    public static final int CONNECTIONS = 3;

    /// For whoever migrates the schema at the moment.
    static final Duration WAIT = Duration.ofMinutes(1);

    /// Of the schema's name, makes that of the lock.
    static final String LOCK = " migrations";

    private Migrations() {}

    /// Whether [#run] and [#share] would change nothing.
    ///
    /// @param owner  as the role that owns the function's schema and is a member of the owners of the others
    /// @param shared schemas that the function works with beside its own
    /// @throws SQLException when it cannot be told, for example because there are no histories yet
    public static boolean areDone(Connection owner, String schema, Collection<String> shared) throws SQLException {
        for (var each : shared) {
            if (!shared(each).areApplied(owner)) {
                return false;
            }
        }
        return inbox(schema).areApplied(owner) && tables(schema).areApplied(owner);
    }

    /// @param owner  connections of the role that owns the schema; the application's own role may not change tables
    /// @param schema also the name of the application's role, to which the migrations grant what it may do
    /// @throws SQLException when who migrates the schema at this moment needs more than [#WAIT]
    public static void run(DataSource owner, String schema) throws SQLException {
        migrate(owner, inbox(schema));
        migrate(owner, tables(schema));
    }

    /// Brings a schema up to date that several functions work with, from `db/<schema>` on the class path.
    ///
    /// @param owner  connections that act as `<schema>_owner`, which the tables then belong to
    /// @param schema also the name of the role whose members may work with it
    /// @throws SQLException when who migrates the schema at this moment needs more than [#WAIT]
    public static void share(DataSource owner, String schema) throws SQLException {
        migrate(owner, shared(schema));
    }

    private static Scripts inbox(String schema) {
        return new Scripts(schema, "db/inbox", "inbox_history");
    }

    private static Scripts tables(String schema) {
        return new Scripts(schema, "db/migration", "schema_history");
    }

    private static Scripts shared(String schema) {
        return new Scripts(schema, "db/" + schema, "schema_history");
    }

    /// Flyway locks a history that is there; two that find none would both make it, and the second fail.
    private static void migrate(DataSource owner, Scripts scripts) throws SQLException {
        try (var connection = owner.getConnection();
                var settings = connection.createStatement();
                var lock = connection.prepareStatement("select pg_advisory_lock(hashtext(?))");
                var unlock = connection.prepareStatement("select pg_advisory_unlock(hashtext(?))")) {
            settings.execute("set lock_timeout = " + WAIT.toMillis());
            lock.setString(1, scripts.schema() + LOCK);
            unlock.setString(1, scripts.schema() + LOCK);
            lock.execute();
            try {
                apply(owner, scripts);
            } finally {
                unlock.execute();
                settings.execute("reset lock_timeout");
            }
        }
    }

    private static void apply(DataSource owner, Scripts scripts) {
        Flyway.configure()
                .dataSource(owner)
                .defaultSchema(scripts.schema())
                .createSchemas(false)
                .locations("classpath:" + scripts.location())
                .table(scripts.history())
                // The other history's tables are there already when the second one starts.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
