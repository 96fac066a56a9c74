package dev.rookery.knative.local;

import dev.rookery.knative.backing.Postgres;
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

    Database(Postgres postgres) {
        this.postgres = postgres;
    }

    /// JDBC URL of the database.
    String url() {
        return postgres.jdbcUrl(NAME);
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

    private static void role(Connection connection, String name, String password) throws SQLException {
        try (var found = connection.prepareStatement("select from pg_roles where rolname = ?")) {
            found.setString(1, name);
            var verb = found.executeQuery().next() ? "alter" : "create";
            execute(connection, verb + " role " + quoted(name) + " login password '" + password + "'");
        }
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
