package dev.rookery.eventing.stream;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Every room's stream of events, numbered and kept as a player's is ([PlayerStreams]), and who may join the room.
///
/// Grants live as long as the room is used: opened, appended to, asked for. A change of a grant may be told again
/// long after newer ones, so each carries a stamp, and a repeated one yields to any newer that is known; nothing
/// is repeated from longer ago than the idle time.
///
/// Safe for use by many threads; futures complete on the Redis client's threads, so what follows must not block.
/// They fail with the client's exceptions when Redis does not answer.
public final class RoomStreams {

    private static final Script APPEND =
            Script.of(Script.class, "continuity.lua", "room.lua", "oldest.lua", "history.lua", "push.lua");
    private static final Script OPEN = Script.of(Script.class, "continuity.lua", "room.lua", "open.lua");
    private static final Script GRANTED = Script.of(Script.class, "granted.lua");
    private static final Script CHANGE = Script.of(Script.class, "change.lua");

    private final StatefulRedisConnection<String, String> redis;
    private final StreamSettings settings;
    private final History history;

    public RoomStreams(StatefulRedisConnection<String, String> redis, StreamSettings settings) {
        this.redis = redis;
        this.settings = settings;
        this.history = new History(redis, settings);
    }

    /// The channel on which a room's messages are published; each is a [RoomMessage].
    public static String channel(RoomId room) {
        return "rookery:room:{" + room + "}";
    }

    /// Where the stream is now, and, when `since` is given and everything after it is still there, what comes next
    /// after it: all, or the oldest of it when it is much; then ask again from the last of these. Starts the stream
    /// when there is none.
    public CompletionStage<Opening> open(RoomId room, @Nullable Position since) {
        return history.open(OPEN, keys(room), since);
    }

    /// Appends an event and publishes it as [RoomMessage.Event], once for each event id within the history.
    ///
    /// What is told again and was recorded before the history reaches back to is left out: it may have been there.
    ///
    /// @param event          JSON object without `op`, `room`, `epoch` and `seq`
    /// @param recordedMillis when it was recorded, in milliseconds since 1970
    /// @param earlier        whether an earlier delivery had recorded it, and may have told it
    public CompletionStage<Appended> append(
            RoomId room,
            String eventId,
            String event,
            @Nullable String traceparent,
            long recordedMillis,
            boolean earlier) {
        return history.append(
                APPEND,
                keys(room),
                channel(room),
                eventId,
                "",
                event,
                traceparent,
                null,
                earlier ? "1" : "0",
                Long.toString(recordedMillis));
    }

    /// Whether a player may join; an open room everybody may.
    public CompletionStage<Boolean> isGranted(RoomId room, PlayerId player) {
        if (room.isOpen()) {
            return CompletableFuture.completedFuture(true);
        }
        return GRANTED.call(redis.async(), grantsKey(room), player.value(), History.millis(settings.idle()))
                .thenApply(RoomStreams::isYes);
    }

    /// Lets a player join. Players who are in the room are told nothing.
    ///
    /// @param changeId       names the change for ever
    /// @param recordedMillis when it was recorded, in milliseconds since 1970; the stamp by which a change is newer
    /// @param earlier        whether an earlier delivery had recorded it, and may have told it
    /// @return whether it was applied: always on its first telling; later only when neither this nor a newer change
    /// of this player in this room is known
    public CompletionStage<Boolean> grant(
            RoomId room, PlayerId player, String changeId, long recordedMillis, boolean earlier) {
        return change(room, player, "1", changeId, recordedMillis, earlier, "");
    }

    /// Lets a player join no longer, and publishes [RoomMessage.Revoked] when it is applied, so that a player who is
    /// in the room has to leave.
    ///
    /// @param changeId       names the change for ever
    /// @param recordedMillis when it was recorded, in milliseconds since 1970; the stamp by which a change is newer
    /// @param earlier        whether an earlier delivery had recorded it, and may have told it
    /// @return whether it was applied: always on its first telling; later only when neither this nor a newer change
    /// of this player in this room is known
    public CompletionStage<Boolean> revoke(
            RoomId room, PlayerId player, String changeId, long recordedMillis, boolean earlier) {
        return change(room, player, "0", changeId, recordedMillis, earlier, new RoomMessage.Revoked(player).text());
    }

    private CompletionStage<Boolean> change(
            RoomId room,
            PlayerId player,
            String may,
            String changeId,
            long recordedMillis,
            boolean earlier,
            String message) {
        return CHANGE.call(
                        redis.async(),
                        grantsKey(room),
                        player.value(),
                        History.millis(settings.idle()),
                        may,
                        changeId,
                        Long.toString(recordedMillis),
                        earlier ? "1" : "0",
                        channel(room),
                        message)
                .thenApply(RoomStreams::isYes);
    }

    private static boolean isYes(List<Object> reply) {
        return (Long) reply.get(0) == 1;
    }

    /// All under one hash tag, so that a cluster keeps them on one node.
    private static String[] keys(RoomId room) {
        var stem = channel(room);
        return new String[] {stem + ":head", stem + ":events", stem + ":seen", stem + ":grants"};
    }

    private static String[] grantsKey(RoomId room) {
        return new String[] {channel(room) + ":grants"};
    }
}
