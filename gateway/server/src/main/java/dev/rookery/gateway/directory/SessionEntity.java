package dev.rookery.gateway.directory;

import org.springframework.data.annotation.Id;
import org.springframework.data.redis.core.RedisHash;
import org.springframework.data.redis.core.TimeToLive;

/// One session, for whoever asks where a player is.
///
/// @param id                of the session
/// @param player            whose it is
/// @param gateway           that holds it
/// @param sinceMillis       since when, Unix time
/// @param timeToLiveSeconds after which it vanishes unless it is written again
@RedisHash("rookery:sessions")
public record SessionEntity(
        @Id String id,
        String player,
        String gateway,
        long sinceMillis,
        @TimeToLive long timeToLiveSeconds) {}
