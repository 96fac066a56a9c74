package dev.rookery.knative.load.bench.money;

import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Where the platform keeps everything, for who may do everything there.
record Database(RunningPlatform.Postgres server) {

    Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), password());
    }

    IllegalStateException failed(String what, SQLException e) {
        return new IllegalStateException(what + " at " + server.url() + ": " + e.getMessage(), e);
    }

    private String password() {
        try {
            return Files.readString(server.passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(server.passwordFile() + " cannot be read", e);
        }
    }
}
