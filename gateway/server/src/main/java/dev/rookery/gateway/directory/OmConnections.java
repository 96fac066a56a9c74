package dev.rookery.gateway.directory;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/// Redis OM's way to the Redis that the rest of the gateway reaches by its URL.
public final class OmConnections {

    private OmConnections() {}

    /// @param url     `redis://…` or `rediss://…`, with a user and a password where there are
    /// @param timeout to connect, and for each answer
    public static JedisConnectionFactory to(String url, Duration timeout) {
        var uri = RedisURI.create(url);
        var server = new RedisStandaloneConfiguration(uri.getHost(), uri.getPort());
        server.setDatabase(uri.getDatabase());
        var user = URI.create(url).getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            if (colon > 0) {
                server.setUsername(user.substring(0, colon));
            }
            server.setPassword(RedisPassword.of(user.substring(colon + 1)));
        }
        var client = JedisClientConfiguration.builder().connectTimeout(timeout).readTimeout(timeout);
        if (uri.isSsl()) {
            client.useSsl();
        }
        return new JedisConnectionFactory(server, client.usePooling().build());
    }
}
