package dev.rookery.knative.load.ceiling;

import dev.rookery.knative.load.measure.ClosedLoop;
import dev.rookery.knative.local.RunningPlatform;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;

/// One row inserted and committed at a time, into a table of a schema of its own, which is dropped again.
final class PostgresCeiling {

    private final RunningPlatform.Postgres server;
    private final Duration length;

    PostgresCeiling(RunningPlatform.Postgres server, Duration length) {
        this.server = server;
        this.length = length;
    }

    Ceiling measure(int connections) {
        var schema = "bench_" + UUID.randomUUID().toString().replace('-', '_');
        try (var owner = server.connect();
                var statement = owner.createStatement()) {
            statement.execute("create schema " + schema);
            try {
                statement.execute("create table " + schema
                        + ".row (id bigint generated always as identity primary key, value bigint not null)");
                return new Ceiling("PostgreSQL insert and commit", connections, measure(schema, connections));
            } finally {
                statement.execute("drop schema " + schema + " cascade");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL cannot be measured at " + server.url(), e);
        }
    }

    private ClosedLoop.Speed measure(String schema, int connections) throws SQLException {
        var inserts = new ArrayList<Insert>();
        try {
            for (int i = 0; i < connections; i++) {
                inserts.add(Insert.open(server.connect(), schema));
            }
            return new ClosedLoop(length).run(inserts);
        } finally {
            for (var insert : inserts) {
                insert.close();
            }
        }
    }

    /// One connection; each insert is a transaction.
    private record Insert(Connection connection, PreparedStatement statement) implements ClosedLoop.Ask, AutoCloseable {

        static Insert open(Connection connection, String schema) throws SQLException {
            try {
                return new Insert(
                        connection, connection.prepareStatement("insert into " + schema + ".row (value) values (1)"));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }

        @Override
        public void ask() throws SQLException {
            statement.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
