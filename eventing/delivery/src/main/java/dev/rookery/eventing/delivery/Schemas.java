package dev.rookery.eventing.delivery;

import com.zaxxer.hikari.HikariDataSource;
import dev.rookery.eventing.delivery.inbox.Migrations;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Schemas that a function works with.
///
/// @param names its own, which has its name, then those that it shares with others
record Schemas(List<String> names) {

    private static final Logger LOG = LoggerFactory.getLogger(Schemas.class);

    /// Brings them up to date, unless they are. Shared ones first: the function's own tables may refer to theirs.
    void migrate(OwnerSettings owner) throws SQLException {
        if (isDone(owner)) {
            return;
        }
        for (var shared : names.subList(1, names.size())) {
            try (var connections = connections(owner)) {
                connections.setConnectionInitSql("set role \"" + shared + "_owner\"");
                Migrations.share(connections, shared);
            }
        }
        try (var connections = connections(owner)) {
            Migrations.run(connections, names.getFirst());
        }
    }

    /// Who cannot tell does not say so: the pools of those who migrate wait for a database that is not there yet, and
    /// tell what is wrong with it.
    private boolean isDone(OwnerSettings owner) {
        try (var connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password())) {
            return Migrations.areDone(connection, names.getFirst(), names.subList(1, names.size()));
        } catch (SQLException e) {
            LOG.info("schemas {} are brought up to date: {}", names, e.getMessage());
            return false;
        }
    }

    private static HikariDataSource connections(OwnerSettings owner) {
        var connections = new HikariDataSource();
        connections.setJdbcUrl(owner.url());
        connections.setUsername(owner.user());
        connections.setPassword(owner.password());
        connections.setMaximumPoolSize(Migrations.CONNECTIONS);
        return connections;
    }
}
