package dev.rookery.knative.load.platform;

import dev.rookery.knative.local.RunningPlatform;
import java.sql.Connection;
import java.sql.SQLException;

/// Where the platform keeps everything, for who may do everything there.
public record Database(RunningPlatform.Postgres server) {

    public Connection connect() throws SQLException {
        return server.connect();
    }

    /// The same database as another server has it, such as a replica.
    public Database at(int port) {
        var url = server.url().replaceFirst(":[0-9]+/", ":" + port + "/");
        return new Database(new RunningPlatform.Postgres(url, server.user(), server.passwordFile()));
    }

    public IllegalStateException failed(String what, SQLException e) {
        return new IllegalStateException(what + " at " + server.url() + ": " + e.getMessage(), e);
    }
}
