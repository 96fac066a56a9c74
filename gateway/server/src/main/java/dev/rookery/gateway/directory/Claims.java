package dev.rookery.gateway.directory;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.Script;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which of a player's sessions is the newest, over all pods. Each claim has a number, larger than that of every
/// earlier one, so two that are made at the same moment agree on who is newer. The pod that had the newest before
/// is told over its own channel; one that may have missed that looks again.
///
/// The numbers grow with Redis' clock, so that a Redis that has forgotten them gives no smaller ones.
///
/// Safe for use by many threads; futures complete on the Redis client's threads and fail with its exceptions.
public final class Claims {

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    private static final Script CLAIM = Script.of(Claims.class, "claim.lua");
    private static final Script RELEASE = Script.of(Claims.class, "release.lua");
    /// What a pod that died left behind; an end that is normal takes the claim with it.
    private static final Duration KEPT = Duration.ofDays(30);

    private final StatefulRedisConnection<String, String> redis;
    private final GatewayId gateway;

    /// @param redis where claims are
    public Claims(StatefulRedisConnection<String, String> redis, GatewayId gateway) {
        this.redis = redis;
        this.gateway = gateway;
    }

    /// Begins to hear of claims elsewhere; blocks until nothing is missed any more.
    ///
    /// @param channels a connection for nothing else
    public void listen(StatefulRedisPubSubConnection<String, String> channels, Listener listener) {
        channels.addListener(new Dispatch(listener));
        channels.sync().subscribe(channel(gateway.value()));
    }

    /// A session begins: it is the newest.
    ///
    /// @return its number
    public CompletionStage<Long> claim(PlayerId player, String session) {
        return claim(player, session, "");
    }

    /// Says again what was claimed, for a Redis that may have forgotten it.
    ///
    /// @param number of the session's claim
    /// @return the number of the newest claim, which may be another's
    public CompletionStage<Long> confirm(PlayerId player, String session, long number) {
        return claim(player, session, Long.toString(number));
    }

    /// The session ends.
    public void release(PlayerId player, String session) {
        RELEASE.call(redis.async(), keys(player), session);
    }

    private CompletionStage<Long> claim(PlayerId player, String session, String number) {
        return CLAIM.call(
                        redis.async(),
                        keys(player),
                        number,
                        session,
                        gateway.value(),
                        Long.toString(KEPT.toMillis()),
                        player.value(),
                        channel(""))
                .thenApply(reply -> (Long) reply.getFirst());
    }

    private static String[] keys(PlayerId player) {
        return new String[] {"rookery:{" + player + "}:claim"};
    }

    private static String channel(String gateway) {
        return "rookery:claims:" + gateway;
    }

    /// Told of claims, on the Redis client's threads: must not block.
    public interface Listener {

        /// The player has a newer session, here or elsewhere.
        void claimed(PlayerId player, long number);

        /// Heard again after a time in which claims may have been missed.
        void missedSome();
    }

    private static final class Dispatch extends RedisPubSubAdapter<String, String> {

        private final Listener listener;
        private volatile boolean hasBegun;

        Dispatch(Listener listener) {
            this.listener = listener;
        }

        /// Also called when the client has subscribed again by itself.
        @Override
        public void subscribed(String channel, long count) {
            if (hasBegun) {
                listener.missedSome();
            }
            hasBegun = true;
        }

        @Override
        public void message(String channel, String message) {
            int tab = message.indexOf('\t');
            try {
                listener.claimed(
                        new PlayerId(message.substring(0, Math.max(0, tab))),
                        Long.parseLong(message.substring(tab + 1)));
            } catch (IllegalArgumentException e) {
                LOG.error("{}: {} (expected: a player, a tab and a number)", channel, message, e);
            }
        }
    }
}
