package dev.rookery.gateway.transport;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where players connect.
///
/// @param address to listen on
/// @param port    0 for a free one
@ConfigurationProperties("rookery.transport")
public record TransportSettings(
        @DefaultValue("0.0.0.0") String address,
        @DefaultValue("8080") int port) {

    private static final int MAX_PORT = 65_535;

    public TransportSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("rookery.transport.port: " + port + " (expected: 0.." + MAX_PORT + ")");
        }
    }
}
