package dev.rookery.gateway;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the gateway leans on.
///
/// @param catalog      folder of catalog files
/// @param kafka        bootstrap servers, `host:port`
/// @param redis        `redis://host:port`
/// @param kafkaConfirm how long Kafka may take to confirm a command, before the client is told that it is unavailable
@ConfigurationProperties("rookery")
public record GatewaySettings(
        String catalog,
        String kafka,
        String redis,
        @DefaultValue("10s") Duration kafkaConfirm) {

    public GatewaySettings {
        if (!kafkaConfirm.isPositive()) {
            throw new IllegalArgumentException("rookery.kafka-confirm: " + kafkaConfirm + " (expected: > 0)");
        }
    }
}
