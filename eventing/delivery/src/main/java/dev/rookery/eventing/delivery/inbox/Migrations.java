package dev.rookery.eventing.delivery.inbox;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// Brings a function's schema up to date: the inbox first, then the function's own tables. Each has a history of
/// its own, so that neither numbers around the other.
public final class Migrations {

    private Migrations() {}

    /// @param owner  connections of the role that owns the schema; the application's own role may not change tables
    /// @param schema also the name of the application's role, to which the migrations grant what it may do
    public static void run(DataSource owner, String schema) {
        migrate(owner, schema, "classpath:db/inbox", "inbox_history");
        migrate(owner, schema, "classpath:db/migration", "schema_history");
    }

    /// Brings a schema up to date that several functions work with, from `db/<schema>` on the class path. Two that do
    /// it at the same time wait for each other.
    ///
    /// @param owner  connections that act as `<schema>_owner`, which the tables then belong to
    /// @param schema also the name of the role whose members may work with it
    public static void share(DataSource owner, String schema) {
        migrate(owner, schema, "classpath:db/" + schema, "schema_history");
    }

    private static void migrate(DataSource owner, String schema, String location, String history) {
        Flyway.configure()
                .dataSource(owner)
                .defaultSchema(schema)
                .createSchemas(false)
                .locations(location)
                .table(history)
                // The other history's tables are there already when the second one starts.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
