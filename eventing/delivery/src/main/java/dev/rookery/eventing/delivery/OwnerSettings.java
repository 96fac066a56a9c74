package dev.rookery.eventing.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;

/// The role that owns the function's schema; used for migrations and nothing else.
///
/// @param url JDBC URL of the primary
@ConfigurationProperties("rookery.owner")
public record OwnerSettings(String url, String user, String password) {}
