package dev.rookery.knative.load.platform;

import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Where the platform keeps everything, for who may do everything there.
public record Database(RunningPlatform.Postgres server) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), password());
    }

    /// The same database as another server has it, such as a replica.
    public Database at(int port) {
        var url = server.url().replaceFirst(":[0-9]+/", ":" + port + "/");
        return new Database(new RunningPlatform.Postgres(url, server.user(), server.passwordFile()));
    }

    public IllegalStateException failed(String what, SQLException e) {
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
