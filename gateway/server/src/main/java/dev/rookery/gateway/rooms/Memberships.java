package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.gateway.connection.Connection;
import dev.rookery.gateway.limits.TokenBucket;
import dev.rookery.gateway.protocol.ClientFrame;
import dev.rookery.gateway.protocol.ErrorCode;
import dev.rookery.gateway.protocol.ServerFrames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rooms that one connection has joined: the real-time lane, which never waits for the other ones.
///
/// Confined to the connection's loop.
public final class Memberships {

    private static final Logger LOG = LoggerFactory.getLogger(Memberships.class);
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);

    private final Rooms rooms;
    private final Connection connection;
    private final PlayerId player;
    private final MemberId id;
    private final TokenBucket joins;
    private final TokenBucket casts;
    private final Map<RoomId, Joined> joined = new HashMap<>();

    Memberships(
            Rooms rooms, Connection connection, PlayerId player, MemberId id, TokenBucket joins, TokenBucket casts) {
        this.rooms = rooms;
        this.connection = connection;
        this.player = player;
        this.id = id;
        this.joins = joins;
        this.casts = casts;
    }

    public void take(ClientFrame.OfRooms frame) {
        switch (frame) {
            case ClientFrame.Join join -> join(join);
            case ClientFrame.Leave leave -> leave(leave);
            case ClientFrame.Cast cast -> cast(cast);
        }
    }

    /// The connection is gone.
    public void ended() {
        for (var each : List.copyOf(joined.values())) {
            end(each.member());
        }
    }

    private void join(ClientFrame.Join join) {
        long now = System.nanoTime();
        if (!joins.take(now)) {
            limited(join.id(), "join", joins, now);
            return;
        }
        var current = joined.get(join.room());
        if (current != null) {
            // Asked again: it begins again, from where the client says.
            if (!current.member().isWelcome()) {
                fail(current.member().re(), ErrorCode.BUSY, "the room is joined again");
            }
            end(current.member());
        } else if (joined.size() >= rooms.settings().perSession()) {
            fail(
                    join.id(),
                    ErrorCode.BUSY,
                    "rooms: " + joined.size() + " (expected: less than "
                            + rooms.settings().perSession() + ")");
            return;
        }
        var room = rooms.use(join.room());
        if (room == null) {
            fail(join.id(), ErrorCode.BUSY, "rooms of this pod: as many as may be");
            return;
        }
        var member = new Member(room, id, player, connection, join.id(), this::refused, this::end);
        joined.put(join.room(), new Joined(member, room));
        member.begin(join.since());
    }

    private void leave(ClientFrame.Leave leave) {
        var current = joined.get(leave.room());
        if (current == null) {
            fail(leave.id(), ErrorCode.NOT_IN_ROOM, notIn(leave.room()));
            return;
        }
        end(current.member());
        connection.write(ServerFrames.left(leave.id(), leave.room()));
    }

    private void cast(ClientFrame.Cast cast) {
        var current = joined.get(cast.room());
        if (current == null || !current.member().isWelcome()) {
            connection.write(ServerFrames.error(null, ErrorCode.NOT_IN_ROOM, notIn(cast.room()), null));
            return;
        }
        long now = System.nanoTime();
        if (!casts.take(now)) {
            limited(null, "cast", casts, now);
            return;
        }
        rooms.meters().castTaken();
        current.member().send(cast.data().toString());
    }

    private void refused(Member member, Throwable failure) {
        if (!ended(member)) {
            return;
        }
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof NotAdmittedException refused) {
            fail(member.re(), refused.code(), String.valueOf(refused.getMessage()));
        } else {
            LOG.warn("{} cannot be joined: {}", member.roomId(), cause.toString());
            fail(member.re(), ErrorCode.UNAVAILABLE, "the room cannot be joined now");
        }
    }

    private void end(Member member) {
        ended(member);
    }

    /// @return false when it had ended before
    private boolean ended(Member member) {
        var current = joined.get(member.roomId());
        if (current == null || current.member() != member) {
            return false;
        }
        joined.remove(member.roomId());
        member.end();
        rooms.leave(current.room());
        return true;
    }

    private void fail(String re, ErrorCode code, String message) {
        connection.write(ServerFrames.error(re, code, message, code.isRetryable() ? RETRY_AFTER : null));
    }

    private void limited(@Nullable String re, String what, TokenBucket bucket, long now) {
        var retryAfter = Duration.ofNanos(bucket.nanosUntilOne(now)).plusMillis(1);
        connection.write(ServerFrames.error(
                re, ErrorCode.RATE_LIMITED, what + ": more than may be sent in a second", retryAfter));
    }

    private static String notIn(RoomId room) {
        return "room: " + room + " (expected: one that you have joined)";
    }

    private record Joined(Member member, Room room) {}
}
