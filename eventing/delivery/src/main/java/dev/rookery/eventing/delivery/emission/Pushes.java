package dev.rookery.eventing.delivery.emission;

import dev.rookery.eventing.contract.Audience;
import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Outcome.RecordedPush;
import dev.rookery.eventing.contract.Outcome.RecordedRoomChange;
import dev.rookery.eventing.contract.RoomChange;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.RoomStreams;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts pushes into the streams of players and rooms, and changes who may join rooms.
final class Pushes {

    private final PlayerStreams players;
    private final RoomStreams rooms;

    Pushes(PlayerStreams players, RoomStreams rooms) {
        this.players = players;
        this.rooms = rooms;
    }

    /// @param earlier whether an earlier delivery had recorded them
    CompletionStage<?> tell(List<RecordedRoomChange> changes, boolean earlier) {
        return all(changes.stream().map(change -> tell(change, earlier)));
    }

    /// @param lsn     what it tells was committed before it; null when nobody needs to know
    /// @param earlier whether an earlier delivery had recorded it
    CompletionStage<?> tell(RecordedPush push, @Nullable String traceparent, @Nullable Lsn lsn, boolean earlier) {
        return switch (push.to()) {
            case Audience.Players(var told) ->
                all(told.stream()
                        .map(player -> players.push(
                                player, push.id(), push.event(), traceparent, lsn, push.recordedMillis(), earlier)));
            case Audience.Room(var room) ->
                rooms.append(room, push.id(), push.event(), traceparent, push.recordedMillis(), earlier);
        };
    }

    private CompletionStage<Boolean> tell(RecordedRoomChange recorded, boolean earlier) {
        return switch (recorded.change()) {
            case RoomChange.Granted(var room, var player) ->
                rooms.grant(room, player, recorded.id(), recorded.recordedMillis(), earlier);
            case RoomChange.Revoked(var room, var player) ->
                rooms.revoke(room, player, recorded.id(), recorded.recordedMillis(), earlier);
        };
    }

    private static CompletionStage<?> all(Stream<? extends CompletionStage<?>> told) {
        return CompletableFuture.allOf(
                told.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }
}
