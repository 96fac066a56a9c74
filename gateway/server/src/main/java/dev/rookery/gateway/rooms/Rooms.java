package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.RoomMessage;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.gateway.connection.Connection;
import dev.rookery.gateway.egress.ChannelFeed;
import dev.rookery.gateway.ingress.Spans;
import dev.rookery.gateway.limits.LimitSettings;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rooms that have members on this pod. A room is here as long as somebody uses it.
///
/// Safe for use by many threads.
public final class Rooms {

    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final int MAX_UNDISMISSED = 20_000;

    private final String gateway;
    private final List<EventLoop> homes = new ArrayList<>();
    private final Map<EventLoop, Fanout> fanouts = new LinkedHashMap<>();
    private final StatefulRedisConnection<String, String> redis;
    private final ChannelFeed feed;
    private final RoomStreams streams;
    private final RoomMembers members;
    private final UnaryOperator<Set<String>> gone;
    private final Spans spans;
    private final RoomMeters meters;
    private final RoomSettings settings;
    private final LimitSettings limits;
    private final Map<RoomId, Used> used = new ConcurrentHashMap<>();
    private final AtomicInteger undismissed = new AtomicInteger();

    /// @param gateway names this pod
    /// @param redis   over which casts go to other pods: the rooms' own, so that no other lane waits for them
    /// @param feed    over which they come; a connection of its own as well
    /// @param gone    tells which of some gateways are not there any more
    public Rooms(
            String gateway,
            EventLoopGroup loops,
            StatefulRedisConnection<String, String> redis,
            ChannelFeed feed,
            RoomStreams streams,
            RoomMembers members,
            UnaryOperator<Set<String>> gone,
            Spans spans,
            RoomMeters meters,
            RoomSettings settings,
            LimitSettings limits) {
        this.gateway = gateway;
        loops.forEach(loop -> {
            homes.add((EventLoop) loop);
            fanouts.put((EventLoop) loop, new Fanout((EventLoop) loop, settings.queuedCasts()));
        });
        this.redis = redis;
        this.feed = feed;
        this.streams = streams;
        this.members = members;
        this.gone = gone;
        this.spans = spans;
        this.meters = meters;
        this.settings = settings;
        this.limits = limits;
        meters.watch(
                used::size,
                () -> fanouts.values().stream().mapToInt(Fanout::queued).max().orElse(0));
    }

    /// What one connection joins from here on.
    ///
    /// @param session unique for ever
    public Memberships memberships(Connection connection, PlayerId player, String session) {
        long now = System.nanoTime();
        return new Memberships(
                this, connection, player, new MemberId(gateway, session), limits.joins(now), limits.casts(now));
    }

    /// Rooms that one session may be in.
    public int perSession() {
        return settings.perSession();
    }

    String gateway() {
        return gateway;
    }

    ChannelFeed feed() {
        return feed;
    }

    RoomStreams streams() {
        return streams;
    }

    RoomMembers members() {
        return members;
    }

    RoomMeters meters() {
        return meters;
    }

    RoomSettings settings() {
        return settings;
    }

    Spans spans() {
        return spans;
    }

    /// The room, which stays until [#leave] is called as often as this; null when this pod has as many as it may.
    @Nullable
    Room use(RoomId id) {
        var room = used.compute(id, (_, current) -> {
            if (current == null) {
                return used.size() >= settings.maxRooms() ? null : new Used(begin(id), 1);
            }
            return new Used(current.room(), current.users() + 1);
        });
        return room == null ? null : room.room();
    }

    /// Ends a membership, even when Redis is away: nobody else would, as long as this pod lives.
    void dismiss(RoomId room, MemberId member) {
        members.leave(room, List.of(member)).exceptionally(_ -> {
            if (undismissed.get() < MAX_UNDISMISSED) {
                undismissed.incrementAndGet();
                home(room)
                        .schedule(
                                () -> {
                                    undismissed.decrementAndGet();
                                    dismiss(room, member);
                                },
                                settings.keepInterval().toMillis(),
                                TimeUnit.MILLISECONDS);
            } else {
                LOG.warn("{} stays in {} until this pod ends: too many wait to leave", member, room);
            }
            return null;
        });
    }

    void leave(Room room) {
        used.computeIfPresent(room.id(), (_, current) -> {
            if (current.users() > 1) {
                return new Used(current.room(), current.users() - 1);
            }
            current.room().close();
            return null;
        });
    }

    /// To the other pods, at most once: when Redis takes nothing, the members there miss it.
    void publish(RoomId room, RoomMessage.Cast cast) {
        redis.async().publish(RoomStreams.channel(room), cast.text()).exceptionally(_ -> {
            meters.castNotPublished();
            return 0L;
        });
    }

    Set<String> gone(Collection<String> gateways) {
        var others = new HashSet<>(gateways);
        others.remove(gateway);
        return others.isEmpty() ? Set.of() : gone.apply(others);
    }

    private Room begin(RoomId id) {
        var seats = new HashMap<EventLoop, Seats>();
        fanouts.forEach((loop, fanout) -> seats.put(loop, new Seats(fanout)));
        return new Room(id, home(id), seats, this);
    }

    private EventLoop home(RoomId id) {
        return homes.get(Math.floorMod(id.hashCode(), homes.size()));
    }

    private record Used(Room room, int users) {}
}
