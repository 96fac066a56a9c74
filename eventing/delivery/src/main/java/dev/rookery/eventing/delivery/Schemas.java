package dev.rookery.eventing.delivery;

import com.zaxxer.hikari.HikariDataSource;
import dev.rookery.eventing.delivery.inbox.Migrations;
import java.util.List;

/// Schemas that a function works with.
///
/// @param names its own, which has its name, then those that it shares with others
record Schemas(List<String> names) {

    /// Shared ones first: the function's own tables may refer to theirs.
    void migrate(OwnerSettings owner) {
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

    private static HikariDataSource connections(OwnerSettings owner) {
        var connections = new HikariDataSource();
        connections.setJdbcUrl(owner.url());
        connections.setUsername(owner.user());
        connections.setPassword(owner.password());
        connections.setMaximumPoolSize(2);
        return connections;
    }
}
