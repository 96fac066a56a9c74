package dev.rookery.gateway.directory;

import java.util.Set;
import org.springframework.data.redis.connection.RedisServerCommands;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/// The names of the gateways that said lately that they are alive, by Redis' clock: entities vanish by themselves,
/// but without a search module Redis cannot list them.
///
/// Blocks.
final class AliveGateways {

    private static final String KEY = "rookery:alive-gateways";

    private final StringRedisTemplate redis;

    AliveGateways(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /// @return all that were refreshed since, this one among them
    Set<String> refresh(GatewayId gateway, long withinMillis) {
        RedisCallback<Long> time = RedisServerCommands::time;
        Long now = redis.execute(time);
        if (now == null) {
            return Set.of();
        }
        var all = redis.opsForZSet();
        all.add(KEY, gateway.value(), (double) now);
        all.removeRangeByScore(KEY, 0, (double) (now - withinMillis));
        var alive = all.range(KEY, 0, -1);
        return alive == null ? Set.of() : Set.copyOf(alive);
    }

    void remove(GatewayId gateway) {
        redis.opsForZSet().remove(KEY, gateway.value());
    }
}
