package dev.rookery.gateway.directory;

import org.springframework.data.annotation.Id;
import org.springframework.data.redis.core.RedisHash;
import org.springframework.data.redis.core.TimeToLive;

/// One gateway process.
///
/// @param id                its name
/// @param host              that it runs on
/// @param port              where players connect
/// @param sinceMillis       when it began to listen, Unix time
/// @param connections       that it has
/// @param timeToLiveSeconds after which it vanishes unless it is written again
@RedisHash("rookery:gateways")
public record GatewayEntity(
        @Id String id,
        String host,
        int port,
        long sinceMillis,
        int connections,
        @TimeToLive long timeToLiveSeconds) {}
