package dev.rookery.knative.local.ops;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.StreamSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks an event up in a player's stream, over a connection that is closed again: it is asked for now and then.
final class PlayerEvents {

    private static final Duration BOUND = Duration.ofSeconds(2);

    private PlayerEvents() {}

    /// @param redis `redis://host:port`
    /// @return empty when the stream does not have it any more, or Redis does not answer
    static Optional<PlayerStreams.Held> find(String redis, PlayerId player, String eventId) {
        var uri = RedisURI.create(redis);
        uri.setTimeout(BOUND);
        try (var client = RedisClient.create(uri);
                var connection = client.connect()) {
            return new PlayerStreams(connection, StreamSettings.DEFAULT)
                    .find(player, eventId)
                    .toCompletableFuture()
                    .get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RedisException | ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
