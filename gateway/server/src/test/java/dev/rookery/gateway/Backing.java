package dev.rookery.gateway;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The Kafka and the Redis behind all gateways under test, with the probe function beside them; started once.
final class Backing implements AutoCloseable {

    private static final ExtensionContext.Namespace ALL = ExtensionContext.Namespace.create(Backing.class);

    private final Kafka kafka = Kafka.startEphemeral();
    private final Redis redis = Redis.startEphemeral();
    private final RedisClient redisClient = RedisClient.create(RedisURI.create(redis.url()));
    private final StatefulRedisConnection<String, String> redisConnection = redisClient.connect();
    private final Probe probe;

    private Backing() {
        createTopics();
        probe = new Probe(kafka.bootstrap(), redisConnection);
    }

    /// Of all test classes; closed after the last one.
    static Backing of(ExtensionContext context) {
        return context.getRoot().getStore(ALL).computeIfAbsent(Backing.class, _ -> new Backing(), Backing.class);
    }

    Kafka kafka() {
        return kafka;
    }

    Redis redis() {
        return redis;
    }

    /// Our own way in.
    StatefulRedisConnection<String, String> redisConnection() {
        return redisConnection;
    }

    Probe probe() {
        return probe;
    }

    @Override
    public void close() {
        probe.close();
        redisClient.shutdown();
        redis.close();
        kafka.close();
    }

    /// One partition each: what comes first was sent first.
    private void createTopics() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            var topics = List.of(
                    new NewTopic(Topics.commands("probe"), 1, (short) 1),
                    new NewTopic(Topics.queries("probe"), 1, (short) 1));
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
