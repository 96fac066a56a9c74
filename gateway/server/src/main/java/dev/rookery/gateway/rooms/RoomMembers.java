package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.eventing.stream.Script;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The members of rooms, in Redis: one hash a room, whose version grows by one with each change, and each change
/// published on the room's channel. A hash that no gateway keeps is forgotten.
///
/// Safe for use by many threads; futures complete on the Redis client's threads and fail with its exceptions.
public final class RoomMembers {

    private static final Script ENTER = Script.of(RoomMembers.class, "enter.lua");
    private static final Script LEAVE = Script.of(RoomMembers.class, "leave.lua");
    private static final String VERSION = "#";
    /// Members that one call of a script is given: it holds the server for long with none.
    private static final int BATCH = 500;

    private final StatefulRedisConnection<String, String> redis;
    private final RoomSettings settings;

    public RoomMembers(StatefulRedisConnection<String, String> redis, RoomSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    /// @return the version from which on all of them are members; [#FULL] when the room has no place for them
    CompletionStage<Long> enter(RoomId room, Map<MemberId, PlayerId> members) {
        CompletionStage<Long> entered = CompletableFuture.completedStage(0L);
        for (var batch : batches(members.entrySet())) {
            var arguments = new ArrayList<>(
                    List.of(ttlMillis(), RoomStreams.channel(room), Integer.toString(settings.maxMembers())));
            batch.forEach(entry -> {
                arguments.add(entry.getKey().toString());
                arguments.add(entry.getValue().value());
            });
            entered = entered.thenCombine(
                    call(ENTER, room, arguments), (before, version) -> before < 0 ? before : version);
        }
        return entered;
    }

    /// What [#enter] answers for a room that is full.
    static final long FULL = -1;

    CompletionStage<Void> leave(RoomId room, Collection<MemberId> members) {
        CompletionStage<Void> left = CompletableFuture.completedStage(null);
        for (var batch : batches(members)) {
            var arguments = new ArrayList<>(List.of(ttlMillis(), RoomStreams.channel(room)));
            batch.forEach(member -> arguments.add(member.toString()));
            left = left.thenCombine(call(LEAVE, room, arguments), (_, _) -> null);
        }
        return left;
    }

    CompletionStage<Read> read(RoomId room) {
        return redis.async().hgetall(key(room)).thenApply(RoomMembers::read);
    }

    /// Lets the room's members live on.
    ///
    /// @return whether there are any
    CompletionStage<Boolean> keep(RoomId room) {
        return redis.async().pexpire(key(room), settings.memberTtl());
    }

    /// All members, as of a version; none, version 0, when there is no such room.
    record Read(long version, Map<MemberId, PlayerId> members) {}

    private static Read read(Map<String, String> hash) {
        long version = Long.parseLong(hash.getOrDefault(VERSION, "0"));
        var members = new HashMap<MemberId, PlayerId>();
        hash.forEach((member, player) -> {
            if (!member.equals(VERSION)) {
                members.put(MemberId.parse(member), new PlayerId(player));
            }
        });
        return new Read(version, members);
    }

    private CompletionStage<Long> call(Script script, RoomId room, List<String> arguments) {
        return script.call(redis.async(), new String[] {key(room)}, arguments.toArray(String[]::new))
                .thenApply(reply -> (Long) reply.getFirst());
    }

    private String ttlMillis() {
        return Long.toString(settings.memberTtl().toMillis());
    }

    private static String key(RoomId room) {
        return RoomStreams.channel(room) + ":members";
    }

    private static <T> List<List<T>> batches(Collection<T> all) {
        var list = List.copyOf(all);
        var batches = new ArrayList<List<T>>();
        for (int from = 0; from < list.size(); from += BATCH) {
            batches.add(list.subList(from, Math.min(list.size(), from + BATCH)));
        }
        return batches;
    }
}
