package dev.rookery.eventing.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The role that owns the function's schema; used for migrations and nothing else.
///
/// @param url     JDBC URL of the primary
/// @param user    empty where the function does not migrate
/// @param migrate when schemas are brought up to date
@ConfigurationProperties("rookery.owner")
public record OwnerSettings(
        String url,
        String user,
        String password,
        @DefaultValue("start") Migrate migrate) {

    public OwnerSettings {
        if (user.isBlank() && migrate != Migrate.NEVER) {
            throw new IllegalArgumentException("rookery.owner.user: is empty (expected: the role that owns the schema,"
                    + " or rookery.owner.migrate=never)");
        }
    }

    /// When schemas are brought up to date.
    public enum Migrate {
        /// Before the function is ready.
        START,
        /// And nothing else is done: see [FunctionApplication].
        ONLY,
        /// Somebody has done it before; the owner's role is not needed.
        NEVER
    }
}
