package dev.rookery.knative.local;

import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.PostgresReplica;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;

/// The one database of the platform, in which each function has a schema of its own with two roles:
/// `<function>_owner` changes its tables, `<function>` works with them. Their passwords are new at every start.
final class Database {

    private static final String NAME = "rookery";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Postgres postgres;
    private final PostgresReplica replica;

    Database(Postgres postgres, PostgresReplica replica) {
        this.postgres = postgres;
        this.replica = replica;
    }

    /// JDBC URL of the database.
    String url() {
        return postgres.jdbcUrl(NAME);
    }

    /// JDBC URL of the same database, as the replica has it.
    String replicaUrl() {
        return replica.jdbcUrl(NAME);
    }

    String superuser() {
        return postgres.superuser();
    }

    /// Creates the database when it is not there.
    void create() {
        try (var connection = connect(postgres.jdbcUrl("postgres"));
                var found = connection.prepareStatement("select from pg_database where datname = ?")) {
            found.setString(1, NAME);
            if (!found.executeQuery().next()) {
                execute(connection, "create database " + NAME);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("database " + NAME + " cannot be created: " + e.getMessage(), e);
        }
    }

    /// Creates a function's schema and roles when they are not there.
    ///
    /// @return what the function's Secret holds in a cluster
    Map<String, String> open(String function) {
        var owner = function + "_owner";
        var ownerPassword = password();
        var password = password();
        try (var connection = connect(url())) {
            role(connection, owner, ownerPassword);
            role(connection, function, password);
            execute(connection, "create schema if not exists " + quoted(function) + " authorization " + quoted(owner));
        } catch (SQLException e) {
            throw new IllegalStateException("schema " + function + " cannot be created: " + e.getMessage(), e);
        }
        return Map.of(
                "ROOKERY_POSTGRES_USER", function,
                "ROOKERY_POSTGRES_PASSWORD", password,
                "ROOKERY_POSTGRES_OWNER_USER", owner,
                "ROOKERY_POSTGRES_OWNER_PASSWORD", ownerPassword);
    }

    /// Creates a schema that several functions work with, when it is not there, and lets one of them: whoever owns the
    /// function's schema may change the shared tables, the function may work with them.
    void share(String schema, String function) {
        var owner = schema + "_owner";
        try (var connection = connect(url())) {
            group(connection, owner);
            group(connection, schema);
            execute(connection, "create schema if not exists " + quoted(schema) + " authorization " + quoted(owner));
            execute(connection, "grant " + quoted(owner) + " to " + quoted(function + "_owner"));
            execute(connection, "grant " + quoted(schema) + " to " + quoted(function));
        } catch (SQLException e) {
            throw new IllegalStateException("schema " + schema + " cannot be shared: " + e.getMessage(), e);
        }
    }

    /// A role that nobody logs in with.
    private static void group(Connection connection, String name) throws SQLException {
        if (!exists(connection, name)) {
            execute(connection, "create role " + quoted(name));
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (var found = connection.prepareStatement("select from pg_roles where rolname = ?")) {
            found.setString(1, role);
            return found.executeQuery().next();
        }
    }

    private static void role(Connection connection, String name, String password) throws SQLException {
        var verb = exists(connection, name) ? "alter" : "create";
        execute(connection, verb + " role " + quoted(name) + " login password '" + password + "'");
    }

    private Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, postgres.superuser(), postgres.password());
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (var each = connection.createStatement()) {
            each.execute(statement);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /// Hex digits: it needs no quoting.
    private static String password() {
        var secret = new byte[18];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}
