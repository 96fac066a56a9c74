package dev.rookery.eventing.stream;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Position;
import io.lettuce.core.api.StatefulRedisConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What streams of players and of rooms have in common: how the scripts are called that find a stream, read on,
/// and append.
final class History {

    /// What a resume reads at a time: a long history is read page after page, never held whole.
    static final int PAGE = 500;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final StatefulRedisConnection<String, String> redis;
    private final StreamSettings settings;

    History(StatefulRedisConnection<String, String> redis, StreamSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /// @param keys head, events, seen, and what the script has besides
    CompletionStage<Opening> open(Script script, String[] keys, @Nullable Position since) {
        return script.call(
                        redis.async(),
                        keys,
                        newEpoch(),
                        millis(settings.idle()),
                        since == null ? "" : since.epoch(),
                        since == null ? "" : Long.toString(since.seq()),
                        Integer.toString(PAGE))
                .thenApply(Opening::read);
    }

    /// @param keys head, events, seen, and what the script has besides
    /// @param rest what the script takes besides what history.lua does
    CompletionStage<Appended> append(
            Script script,
            String[] keys,
            String channel,
            String eventId,
            String re,
            String event,
            @Nullable String traceparent,
            @Nullable Lsn lsn,
            String... rest) {
        var arguments = new ArrayList<>(List.of(
                newEpoch(),
                millis(settings.idle()),
                millis(settings.minAge()),
                Integer.toString(settings.minEvents()),
                Integer.toString(settings.maxEvents()),
                channel,
                eventId,
                re,
                event,
                traceparent == null ? "" : traceparent,
                lsn == null ? "" : lsn.toString()));
        arguments.addAll(Arrays.asList(rest));
        return script.call(redis.async(), keys, arguments.toArray(String[]::new))
                .thenApply(Appended::read);
    }

    /// @param keys head, events, seen
    CompletionStage<Long> ack(Script script, String[] keys, Position upTo, int atOnce) {
        return script.call(
                        redis.async(),
                        keys,
                        newEpoch(),
                        millis(settings.idle()),
                        upTo.epoch(),
                        Long.toString(upTo.seq()),
                        millis(settings.ackGrace()),
                        Integer.toString(atOnce))
                .thenApply(result -> (Long) result.getFirst());
    }

    static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String newEpoch() {
        return Long.toString(RANDOM.nextLong() >>> 1, 36);
    }
}
