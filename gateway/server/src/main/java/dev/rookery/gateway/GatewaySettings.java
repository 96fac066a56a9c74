package dev.rookery.gateway;

import java.time.Duration;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What the gateway leans on.
///
/// @param catalog       folder of catalog files
/// @param kafka         bootstrap servers, `host:port`
/// @param kafkaSecurity PLAINTEXT or SSL, which then is TLS with certificates that the JDK trusts
/// @param redis         `redis://host:port`
/// @param gatewayId     names this process among the gateways; null for a name that is made up
/// @param kafkaConfirm  how long Kafka may take to confirm a command, before the client is told that it is
///                      unavailable
@ConfigurationProperties("rookery")
public record GatewaySettings(
        String catalog,
        String kafka,
        @DefaultValue("PLAINTEXT") SecurityProtocol kafkaSecurity,
        String redis,
        @Nullable String gatewayId,
        @DefaultValue("10s") Duration kafkaConfirm) {

    public GatewaySettings {
        gatewayId = gatewayId == null || gatewayId.isBlank() ? null : gatewayId;
        if (kafkaSecurity != SecurityProtocol.PLAINTEXT && kafkaSecurity != SecurityProtocol.SSL) {
            throw new IllegalArgumentException(
                    "rookery.kafka-security: " + kafkaSecurity + " (expected: PLAINTEXT or SSL)");
        }
        if (!kafkaConfirm.isPositive()) {
            throw new IllegalArgumentException("rookery.kafka-confirm: " + kafkaConfirm + " (expected: > 0)");
        }
    }
}
