package dev.rookery.gateway;

import dev.rookery.gateway.directory.OmConnections;
import dev.rookery.gateway.session.SessionSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/// How Redis is spoken to: a connection for each lane that must not wait for another, and one for Redis OM.
@Configuration(proxyBeanMethods = false)
class RedisConfiguration {

    private static final Duration REDIS_FIRST_RETRY = Duration.ofMillis(10);
    private static final Duration REDIS_LAST_RETRY = Duration.ofSeconds(1);
    private static final int REDIS_RETRY_GROWTH = 2;
    private static final int MAX_REDIS_REQUESTS = 50_000;
    private static final Duration REDIS_IDLE = Duration.ofSeconds(5);
    private static final Duration REDIS_PROBE_INTERVAL = Duration.ofSeconds(2);
    private static final int REDIS_PROBES = 3;
    private static final Duration REDIS_SILENCE = Duration.ofSeconds(10);

    /// After a long outage the client's own waits would be half a minute.
    @Bean(destroyMethod = "shutdown")
    @DependsOn(GatewayApplication.LOOPS)
    ClientResources redisResources() {
        return ClientResources.builder()
                .reconnectDelay(Delay.exponential(
                        REDIS_FIRST_RETRY, REDIS_LAST_RETRY, REDIS_RETRY_GROWTH, TimeUnit.MILLISECONDS))
                .build();
    }

    @Bean(destroyMethod = "shutdown")
    RedisClient redisClient(ClientResources resources, GatewaySettings settings, SessionSettings session) {
        var client = RedisClient.create(resources, RedisURI.create(settings.redis()));
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(session.redisTimeout()))
                .requestQueueSize(MAX_REDIS_REQUESTS)
                // A Redis whose machine is gone says nothing, not even that: without these nobody would notice for
                // a quarter of an hour.
                .socketOptions(SocketOptions.builder()
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(REDIS_IDLE)
                                .interval(REDIS_PROBE_INTERVAL)
                                .count(REDIS_PROBES)
                                .build())
                        .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                                .enable()
                                .tcpUserTimeout(REDIS_SILENCE)
                                .build())
                        .build())
                .build());
        return client;
    }

    @Bean(destroyMethod = "close")
    StatefulRedisConnection<String, String> redis(RedisClient client) {
        return client.connect();
    }

    @Bean(destroyMethod = "close")
    StatefulRedisPubSubConnection<String, String> redisChannels(RedisClient client) {
        return client.connectPubSub();
    }

    /// For claims alone.
    @Bean(destroyMethod = "close")
    StatefulRedisPubSubConnection<String, String> claimChannels(RedisClient client) {
        return client.connectPubSub();
    }

    /// Redis OM's own way to the same Redis: it speaks through Jedis alone, which blocks, so only the directory's
    /// thread uses it. It connects when it is first used.
    @Bean
    JedisConnectionFactory jedisConnectionFactory(GatewaySettings settings, SessionSettings session) {
        return OmConnections.to(settings.redis(), session.redisTimeout());
    }
}
