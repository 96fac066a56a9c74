package dev.rookery.gateway;

import dev.rookery.eventing.cloudevents.KafkaAccess;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the gateway leans on.
///
/// @param catalog      folder of catalog files
/// @param kafka        how Kafka is reached
/// @param redis        `redis://host:port`
/// @param gatewayId    names this process among the gateways; null for a name that is made up
/// @param kafkaConfirm how long Kafka may take to confirm a command, before the client is told that it is unavailable
@ConfigurationProperties("rookery")
public record GatewaySettings(
        String catalog,
        KafkaAccess kafka,
        String redis,
        @Nullable String gatewayId,
        @DefaultValue("10s") Duration kafkaConfirm) {

    public GatewaySettings {
        gatewayId = gatewayId == null || gatewayId.isBlank() ? null : gatewayId;
        if (!kafkaConfirm.isPositive()) {
            throw new IllegalArgumentException("rookery.kafka-confirm: " + kafkaConfirm + " (expected: > 0)");
        }
    }
}
