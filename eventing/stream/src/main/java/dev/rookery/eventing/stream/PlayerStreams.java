package dev.rookery.eventing.stream;

import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Sending;
import io.lettuce.core.api.StatefulRedisConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static final Script APPEND = Script.of("continuity.lua", "append.lua");
    private static final Script OPEN = Script.of("continuity.lua", "open.lua");
    private static final Script REJECT = Script.of("reject.lua");
    /// What a resume reads at a time: a long history is read page after page, never held whole.
    static final int PAGE = 500;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final StatefulRedisConnection<String, String> redis;
    private final StreamSettings settings;

    public PlayerStreams(StatefulRedisConnection<String, String> redis, StreamSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /// The channel on which a player's messages are published.
    public static String channel(PlayerId player) {
        return "rookery:{" + player + "}";
    }

    /// Where the stream is now, and, when `resume` is given and everything after it is still there, what comes
    /// next after it: all, or the oldest of it when it is much; then ask again from the last of these. Starts the
    /// stream when there is none.
    public CompletionStage<Opening> open(PlayerId player, @Nullable Position resume) {
        return OPEN.call(
                        redis.async(),
                        keys(player),
                        newEpoch(),
                        millis(settings.idle()),
                        resume == null ? "" : resume.epoch(),
                        resume == null ? "" : Long.toString(resume.seq()),
                        Integer.toString(PAGE))
                .thenApply(reply -> opening(reply, resume));
    }

    /// Appends a recorded outcome's event and publishes it, or, when the history has it already, publishes it
    /// again to the session that asked again. A delivery that is repeated without being asked for publishes
    /// nothing.
    ///
    /// @param sending the sending of this delivery; null when it came from no connection
    public CompletionStage<Appended> append(
            PlayerId player,
            String re,
            Outcome.Recorded outcome,
            @Nullable Sending sending,
            @Nullable String traceparent) {
        var first = outcome.first();
        return APPEND.call(
                        redis.async(),
                        keys(player, sending),
                        newEpoch(),
                        millis(settings.idle()),
                        millis(settings.minAge()),
                        Integer.toString(settings.minEvents()),
                        Integer.toString(settings.maxEvents()),
                        channel(player),
                        outcome.eventId(),
                        re,
                        outcome.event(),
                        traceparent == null ? "" : traceparent,
                        outcome.earlier() ? "1" : "0",
                        first == null ? "" : first.position().epoch(),
                        first == null ? "" : Long.toString(first.position().seq()),
                        sending == null ? "" : sending.session(),
                        isSame(first, sending) ? "1" : "0")
                .thenApply(reply -> new Appended(
                        Appended.How.valueOf(text(reply.get(0)).toUpperCase(Locale.ROOT)), number(reply.get(1))));
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
                millis(settings.minAge()));
    }

    /// What became of an append.
    ///
    /// @param seq the event's place, 0 when it has left the history
    public record Appended(How how, long seq) {

        public enum How {
            /// It is new in the history, and published.
            APPENDED,
            /// It had been appended; the session that asked again is told again.
            REPEATED,
            /// It had been appended, and nobody asked again.
            SILENT
        }
    }

    /// @param position newest event of the stream
    /// @param resumed  whether the stream goes on from the asked position without a gap
    /// @param missed   the events after the asked position, in order, from the oldest; empty unless resumed
    public record Opening(Position position, boolean resumed, List<Entry> missed) {

        public Opening {
            missed = List.copyOf(missed);
        }
    }

    /// One event of the history.
    ///
    /// @param re    the command that it answers; empty when it is a push
    /// @param event JSON object without `op` and `seq`
    public record Entry(
            long seq, String re, String event, @Nullable String traceparent) {}

    private static Opening opening(List<Object> reply, @Nullable Position resume) {
        var position = new Position(text(reply.get(0)), number(reply.get(1)));
        boolean resumed = number(reply.get(2)) == 1 && resume != null;
        var missed = new ArrayList<Entry>();
        for (var entry : (List<?>) reply.get(3)) {
            missed.add(entry((List<?>) entry));
        }
        return new Opening(position, resumed, missed);
    }

    /// An entry of `XRANGE`: its id, then names and values in the order in which append.lua wrote them.
    private static Entry entry(List<?> entry) {
        var id = text(entry.get(0));
        var fields = (List<?>) entry.get(1);
        var trace = text(fields.get(3));
        return new Entry(
                Long.parseLong(id.substring(0, id.indexOf('-'))),
                text(fields.get(9)),
                text(fields.get(1)),
                trace.isEmpty() ? null : trace);
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

    private static String newEpoch() {
        return Long.toString(RANDOM.nextLong() >>> 1, 36);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String text(Object reply) {
        return (String) reply;
    }

    private static long number(Object reply) {
        return (Long) reply;
    }
}
