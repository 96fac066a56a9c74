package dev.rookery.gateway.egress;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows channels over one Redis connection: those of the players who are connected here, or of the rooms that
/// have members here. When the connection was lost and is back, every listener is told: what was published
/// meanwhile was heard by nobody.
///
/// What is asked of Redis for one channel is asked within that channel's entry of the map: in the order in which
/// the map changes.
///
/// Safe for use by many threads; listeners are called on the Redis client's threads and must not block.
public final class ChannelFeed {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelFeed.class);

    /// Between two tries to follow while Redis is away.
    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final StatefulRedisPubSubConnection<String, String> redis;
    private final Map<String, Following> followed = new ConcurrentHashMap<>();

    public ChannelFeed(StatefulRedisPubSubConnection<String, String> redis) {
        this.redis = redis;
        redis.addListener(new Dispatch());
    }

    /// Begins to follow a channel; who followed it before follows it no longer. Completed when nothing that is
    /// published from then on is missed: while Redis is away that is not, and it never fails.
    public CompletionStage<Void> follow(String channel, Listener listener) {
        var following = new Following(listener);
        followed.put(channel, following);
        subscribe(channel, following);
        return following.begun;
    }

    private void subscribe(String channel, Following following) {
        followed.computeIfPresent(channel, (_, current) -> {
            if (current.equals(following)) {
                redis.async().subscribe(channel).whenComplete((_, failure) -> {
                    if (failure == null) {
                        following.begun.complete(null);
                    } else {
                        LATER.execute(() -> subscribe(channel, following));
                    }
                });
            }
            return current;
        });
    }

    /// @param listener who follows; when it is another by now, that one goes on
    public void leave(String channel, Listener listener) {
        followed.computeIfPresent(channel, (_, current) -> {
            if (!current.listener.equals(listener)) {
                return current;
            }
            redis.async().unsubscribe(channel);
            return null;
        });
    }

    /// Told what is published on one channel.
    public interface Listener {

        /// @throws IllegalArgumentException when the message cannot be read
        void heard(String message);

        /// Followed again after a time in which messages were missed.
        void missedSome();
    }

    /// One channel that is followed.
    private static final class Following {

        private final Listener listener;
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
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
                    // Who followed it left while Redis could not be told.
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
                following.listener.heard(message);
            } catch (IllegalArgumentException e) {
                LOG.error("{}: {}", channel, e.getMessage());
            }
        }
    }
}
