package dev.rookery.gateway.transport;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where players connect.
///
/// @param address        to listen on
/// @param port           0 for a free one
/// @param requestTimeout from the connection to the whole of its request
@ConfigurationProperties("rookery.transport")
public record TransportSettings(
        @DefaultValue("0.0.0.0") String address,
        @DefaultValue("8080") int port,
        @DefaultValue("5s") Duration requestTimeout) {

    private static final int MAX_PORT = 65_535;

    public TransportSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("rookery.transport.port: " + port + " (expected: 0.." + MAX_PORT + ")");
        }
        if (!requestTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "rookery.transport.request-timeout: " + requestTimeout + " (expected: > 0)");
        }
    }
}
