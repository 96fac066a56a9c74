package dev.rookery.gateway.egress;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.StreamMessage;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the channels of the players who are connected here, over one Redis connection. When that was lost and
/// is back, every listener is told: what was published meanwhile was heard by nobody.
///
/// What is asked of Redis for one channel is asked within that channel's entry of the map: in the order in which
/// the map changes.
///
/// Safe for use by many threads; listeners are called on the Redis client's threads and must not block.
public final class PlayerFeed {

    private static final Logger LOG = LoggerFactory.getLogger(PlayerFeed.class);

    private final StatefulRedisPubSubConnection<String, String> redis;
    private final Map<String, Following> followed = new ConcurrentHashMap<>();

    public PlayerFeed(StatefulRedisPubSubConnection<String, String> redis) {
        this.redis = redis;
        redis.addListener(new Dispatch());
    }

    /// Begins to follow a player. Completed when nothing that is published from now on is missed.
    public CompletionStage<Void> follow(PlayerId player, Listener listener) {
        var following = new Following(listener);
        var subscribed = new AtomicReference<CompletionStage<Void>>(CompletableFuture.completedStage(null));
        var channel = PlayerStreams.channel(player);
        followed.compute(channel, (_, _) -> {
            subscribed.set(redis.async().subscribe(channel));
            return following;
        });
        return subscribed.get();
    }

    public void leave(PlayerId player) {
        var channel = PlayerStreams.channel(player);
        followed.compute(channel, (_, _) -> {
            redis.async().unsubscribe(channel);
            return null;
        });
    }

    /// Told what is published for one player.
    public interface Listener {

        void heard(StreamMessage message);

        /// Followed again after a time in which messages were missed.
        void missedSome();
    }

    /// One player who is followed.
    private static final class Following {

        private final Listener listener;
        private volatile boolean hasBegun;

        Following(Listener listener) {
            this.listener = listener;
        }
    }

    private final class Dispatch extends RedisPubSubAdapter<String, String> {

        /// Also called when the client has subscribed again by itself after it lost its connection.
        @Override
        public void subscribed(String channel, long count) {
            var following = followed.compute(channel, (_, current) -> {
                if (current == null) {
                    // The player left while Redis could not be told.
                    redis.async().unsubscribe(channel);
                }
                return current;
            });
            if (following == null) {
                return;
            }
            if (following.hasBegun) {
                following.listener.missedSome();
            }
            following.hasBegun = true;
        }

        @Override
        public void message(String channel, String message) {
            var following = followed.get(channel);
            if (following == null) {
                return;
            }
            try {
                following.listener.heard(StreamMessage.parse(message));
            } catch (IllegalArgumentException e) {
                LOG.error("{}: {}", channel, e.getMessage());
            }
        }
    }
}
