package dev.rookery.knative.backing.tables;

import dev.rookery.knative.backing.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;

/// Migrates a throw-away PostgreSQL and writes a jOOQ class for each table that is there then: what compiles fits
/// the migrations. Migrations that have not changed since are not run again.
///
/// The classes name no schema, so that the connection's search path chooses it.
public final class GenerateTables {

    private static final String HISTORY = "generated_history";
    /// Partitions by month, such as `transfer_2026_11`: whoever queries goes through their parent.
    private static final String PARTITIONS = ".*_\\d{4}_\\d{2}";

    private GenerateTables() {}

    /// @param arguments package of the classes, folder for them, schema, then the folders of migrations in the order
    ///                  in which they run; only the last one's tables get classes
    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 4) {
            throw new IllegalArgumentException(
                    "arguments: " + List.of(arguments) + " (expected: package, folder, schema, migrations…)");
        }
        var migrations = new ArrayList<Path>();
        for (var folder : List.of(arguments).subList(3, arguments.length)) {
            migrations.add(Path.of(folder).toAbsolutePath());
        }
        generate(arguments[0], Path.of(arguments[1]), arguments[2], migrations);
    }

    private static void generate(String javaPackage, Path target, String schema, List<Path> migrations)
            throws Exception {
        var stamp = target.resolve("migrations.sha256");
        var hash = hash(migrations);
        if (Files.exists(stamp) && Files.readString(stamp).equals(hash)) {
            return;
        }
        try (var postgres = Postgres.startEphemeral()) {
            prepare(postgres, schema);
            List<String> before = List.of();
            for (var folder : migrations) {
                before = tables(postgres, schema);
                migrate(postgres, schema, folder, HISTORY + migrations.indexOf(folder));
            }
            GenerationTool.generate(configuration(postgres, schema, javaPackage, target, before));
        }
        Files.createDirectories(target);
        Files.writeString(stamp, hash);
    }

    /// The application's role has the schema's name: migrations grant to it.
    private static void prepare(Postgres postgres, String schema) throws Exception {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
            statement.execute("create role " + schema);
        }
    }

    private static void migrate(Postgres postgres, String schema, Path folder, String history) {
        Flyway.configure()
                .dataSource(postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password())
                .defaultSchema(schema)
                .locations("filesystem:" + folder)
                .table(history)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    private static List<String> tables(Postgres postgres, String schema) throws Exception {
        var tables = new ArrayList<String>();
        try (var connection = connect(postgres);
                var found = connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    private static Configuration configuration(
            Postgres postgres, String schema, String javaPackage, Path target, List<String> before) {
        var excluded = new ArrayList<>(before);
        excluded.add(HISTORY + ".*");
        excluded.add(PARTITIONS);
        return new Configuration()
                .withJdbc(new Jdbc()
                        .withUrl(postgres.jdbcUrl("postgres"))
                        .withUser(postgres.superuser())
                        .withPassword(postgres.password()))
                .withGenerator(new Generator()
                        .withDatabase(new Database()
                                .withInputSchema(schema)
                                .withOutputSchemaToDefault(true)
                                .withExcludes(String.join("|", excluded))
                                .withIncludeRoutines(false)
                                .withIncludeSequences(false)
                                .withForcedTypes(new ForcedType()
                                        .withName("INSTANT")
                                        .withIncludeTypes("timestamp.*with time zone|timestamptz")))
                        .withGenerate(new Generate().withGeneratedAnnotation(false))
                        .withTarget(new Target().withPackageName(javaPackage).withDirectory(target.toString())));
    }

    private static Connection connect(Postgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password());
    }

    private static String hash(List<Path> folders) throws IOException, NoSuchAlgorithmException {
        var sha256 = MessageDigest.getInstance("SHA-256");
        for (var folder : folders) {
            try (var files = Files.list(folder)) {
                for (var file : files.sorted().toList()) {
                    sha256.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                    sha256.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
