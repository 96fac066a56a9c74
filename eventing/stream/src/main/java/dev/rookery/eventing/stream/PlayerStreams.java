package dev.rookery.eventing.stream;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Sending;
import io.lettuce.core.Range;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Every player's stream of events: sequenced, deduplicated by event id, capped, published.
///
/// The idea: one script appends and publishes, so what a gateway hears has the order and the numbers of the
/// history, and a gateway that missed something reads exactly the rest. A position is good only within its epoch.
/// The epoch ends when it cannot be proved that the numbering goes on: the server restarted or was replaced by
/// its replica, was flushed, or lost a key.
///
/// Safe for use by many threads; futures complete on the Redis client's threads, so what follows must not block.
/// They fail with the client's exceptions when Redis does not answer.
public final class PlayerStreams {

    private static final Script APPEND =
            Script.of(Script.class, "continuity.lua", "oldest.lua", "history.lua", "append.lua");
    private static final Script OPEN = Script.of(Script.class, "continuity.lua", "open.lua");
    private static final Script REJECT = Script.of(Script.class, "reject.lua");
    private static final Script PUSH =
            Script.of(Script.class, "continuity.lua", "oldest.lua", "history.lua", "push.lua");
    private static final Script ACK = Script.of(Script.class, "continuity.lua", "oldest.lua", "ack.lua");
    /// As many as do not hold the server for long.
    private static final int ACK_AT_ONCE = 200;

    private final StatefulRedisConnection<String, String> redis;
    private final StreamSettings settings;
    private final History history;

    public PlayerStreams(StatefulRedisConnection<String, String> redis, StreamSettings settings) {
        this.redis = redis;
        this.settings = settings;
        this.history = new History(redis, settings);
    }

    /// The channel on which a player's messages are published.
    public static String channel(PlayerId player) {
        return "rookery:{" + player + "}";
    }

    /// Where the stream is now, and, when `resume` is given and everything after it is still there, what comes
    /// next after it: all, or the oldest of it when it is much; then ask again from the last of these. Starts the
    /// stream when there is none.
    public CompletionStage<Opening> open(PlayerId player, @Nullable Position resume) {
        return history.open(OPEN, keys(player), resume);
    }

    /// Appends a recorded outcome's event and publishes it, or, when the history has it already, publishes it
    /// again to the session that asked again. A delivery that is repeated without being asked for publishes
    /// nothing.
    ///
    /// @param sending the sending of this delivery; null when it came from no connection
    /// @param lsn     what it tells was committed before it; null when nobody needs to know
    public CompletionStage<Appended> append(
            PlayerId player,
            String re,
            Outcome.Recorded outcome,
            @Nullable Sending sending,
            @Nullable String traceparent,
            @Nullable Lsn lsn) {
        var first = outcome.first();
        return history.append(
                APPEND,
                keys(player, sending),
                channel(player),
                outcome.eventId(),
                re,
                outcome.event(),
                traceparent,
                lsn,
                outcome.earlier() ? "1" : "0",
                first == null ? "" : first.position().epoch(),
                first == null ? "" : Long.toString(first.position().seq()),
                sending == null ? "" : sending.session(),
                isSame(first, sending) ? "1" : "0");
    }

    /// Appends an event that answers no command and publishes it, once for each event id within the history.
    ///
    /// What is told again and was recorded before the history reaches back to is left out: it may have been there.
    ///
    /// @param event          JSON object without `op`, `seq`, `re` and `outcome`
    /// @param recordedMillis when it was recorded, in milliseconds since 1970
    /// @param earlier        whether an earlier delivery had recorded it, and may have told it
    /// @param lsn            what it tells was committed before it; null when nobody needs to know
    public CompletionStage<Appended> push(
            PlayerId player,
            String eventId,
            String event,
            @Nullable String traceparent,
            @Nullable Lsn lsn,
            long recordedMillis,
            boolean earlier) {
        return history.append(
                PUSH,
                keys(player),
                channel(player),
                eventId,
                "",
                event,
                traceparent,
                lsn,
                earlier ? "1" : "0",
                Long.toString(recordedMillis));
    }

    /// Lets go of the events up to a position, but for the youngest: whoever follows the stream has them. A position
    /// before them is not resumed any more. Some may stay for the next call.
    ///
    /// @return how many went
    public CompletionStage<Long> ack(PlayerId player, Position upTo) {
        return history.ack(ACK, keys(player), upTo, ACK_AT_ONCE);
    }

    /// Whether the history holds an event.
    public CompletionStage<Boolean> has(PlayerId player, String eventId) {
        return redis.async().hexists(keys(player)[2], eventId);
    }

    /// An event that the history holds.
    ///
    /// @param at when it was appended
    public record Held(long seq, Instant at) {}

    /// Where the history holds an event; empty when it does not, or not any more.
    public CompletionStage<Optional<Held>> find(PlayerId player, String eventId) {
        var keys = keys(player);
        return redis.async()
                .hget(keys[2], eventId)
                .thenCompose(seq -> seq == null
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : held(keys[1], Long.parseLong(seq)));
    }

    private CompletionStage<Optional<Held>> held(String events, long seq) {
        return redis.async()
                .xrange(events, Range.create(seq + "-0", seq + "-0"))
                .thenApply(found -> found.stream()
                        .map(entry -> entry.getBody().get("at"))
                        .map(at -> new Held(seq, Instant.ofEpochMilli(Long.parseLong(at))))
                        .findFirst());
    }

    /// Answers one session's query. Not part of the stream.
    ///
    /// @param answer JSON object: `outcome`, `data`
    public CompletionStage<Long> answer(
            PlayerId player, String session, String re, String answer, @Nullable String traceparent) {
        return redis.async().publish(channel(player), message("A", session, re, "", traceparent, answer));
    }

    /// Tells one session that its request had no effect and never will have; once for each sending.
    ///
    /// @param code one of the protocol's error codes
    public CompletionStage<List<Object>> reject(
            PlayerId player, Sending sending, String re, String code, String message, @Nullable String traceparent) {
        return REJECT.call(
                redis.async(),
                new String[] {answeredKey(player, sending)},
                channel(player),
                message("X", sending.session(), re, code, traceparent, message),
                History.millis(settings.minAge()));
    }

    private static String message(
            String kind, String session, String re, String code, @Nullable String traceparent, String body) {
        return String.join("\t", kind, session, re, code, traceparent == null ? "" : traceparent) + "\n" + body;
    }

    private static boolean isSame(@Nullable Sending first, @Nullable Sending sending) {
        return first == null ? sending == null : sending != null && first.isSameAs(sending);
    }

    /// All under one hash tag, so that a cluster keeps them on one node.
    private static String[] keys(PlayerId player) {
        var stem = channel(player);
        return new String[] {stem + ":head", stem + ":events", stem + ":seen"};
    }

    private static String[] keys(PlayerId player, @Nullable Sending sending) {
        var keys = keys(player);
        return new String[] {keys[0], keys[1], keys[2], answeredKey(player, sending)};
    }

    private static String answeredKey(PlayerId player, @Nullable Sending sending) {
        if (sending == null) {
            return channel(player) + ":answered";
        }
        return channel(player) + ":answered:" + sending.session() + ":" + sending.sequence();
    }
}
