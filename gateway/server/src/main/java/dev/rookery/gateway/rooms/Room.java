package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.Opening;
import dev.rookery.eventing.stream.RoomMessage;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.gateway.connection.TextFrames;
import dev.rookery.gateway.egress.ChannelFeed;
import dev.rookery.gateway.protocol.ErrorCode;
import dev.rookery.gateway.protocol.ServerFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One room, as far as it has members on this pod.
///
/// What is told to everybody is encoded once and goes to the [Seats] of each event loop. A cast reaches the
/// members here at once and those of other pods through Redis; when nobody is elsewhere it stays here. Who is in
/// the room is known from Redis: read once, then followed change by change.
///
/// The membership and its telling are confined to the room's home; [#cast], [#open] and [#heard] run where they
/// are called.
final class Room implements ChannelFeed.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private final RoomId id;
    private final EventExecutor home;
    private final Map<EventLoop, Seats> seats;
    private final Rooms rooms;
    private final Roster roster;
    private final Presence presence = new Presence();
    private final Map<MemberId, Own> own = new HashMap<>();
    private final List<Awaiting> awaiting = new ArrayList<>();
    /// Of whom Redis did not say whether they may still be here.
    private final Set<PlayerId> doubted = new HashSet<>();
    private final CompletionStage<Void> followed;
    private final Future<?> keeping;
    private volatile boolean reachesElsewhere;
    private boolean isReading;
    private boolean mustReadAgain;
    private boolean isTelling;

    Room(RoomId id, EventExecutor home, Map<EventLoop, Seats> seats, Rooms rooms) {
        this.id = id;
        this.home = home;
        this.seats = Map.copyOf(seats);
        this.rooms = rooms;
        this.roster = new Roster(rooms.gateway());
        this.followed = rooms.feed().follow(RoomStreams.channel(id), this);
        long keepMillis = rooms.settings().keepInterval().toMillis();
        this.keeping = home.scheduleWithFixedDelay(this::keep, keepMillis, keepMillis, TimeUnit.MILLISECONDS);
        followed.whenComplete((_, _) -> home.execute(this::read));
    }

    RoomId id() {
        return id;
    }

    Seats seats(EventLoop loop) {
        var found = seats.get(loop);
        if (found == null) {
            throw new IllegalArgumentException("loop: " + loop + " (expected: one of the gateway's)");
        }
        return found;
    }

    Duration redisTimeout() {
        return rooms.settings().redisTimeout();
    }

    CompletionStage<Opening> open(@Nullable Position since) {
        return rooms.streams().open(id, since);
    }

    /// Everybody who is in the room; from any thread.
    Collection<PlayerId> players() {
        return roster.players();
    }

    /// Nobody here is in the room any more, and nobody ever uses this one again.
    void close() {
        keeping.cancel(false);
        rooms.feed().leave(RoomStreams.channel(id), this);
    }

    /// Makes a session a member, if its player may be one. Completed when everybody is seen to be in the room who
    /// was there before it, and nothing that is published from now on is missed; from any thread.
    CompletionStage<Void> admit(Member member) {
        return followed.thenCompose(_ -> rooms.streams().isGranted(id, member.player()))
                .thenCompose(granted -> {
                    if (!granted) {
                        throw new NotAdmittedException(ErrorCode.FORBIDDEN, "room: " + id + " (expected: a grant)");
                    }
                    return entered(member);
                });
    }

    /// The session is a member no longer; from any thread.
    void dismiss(MemberId member) {
        home.execute(() -> {
            var ended = own.remove(member);
            if (ended != null) {
                // Never before it has entered: it would stay for ever.
                ended.entered().whenComplete((_, _) -> rooms.dismiss(id, member));
            }
        });
    }

    /// From the sender's loop.
    ///
    /// @param text the finished frame
    void cast(Member sender, String text) {
        castHere(text, sender);
        if (reachesElsewhere) {
            rooms.publish(id, new RoomMessage.Cast(rooms.gateway(), text, null));
        }
    }

    @Override
    public void heard(String message) {
        switch (RoomMessage.parse(message)) {
            case RoomMessage.Cast cast -> {
                if (!cast.gateway().equals(rooms.gateway())) {
                    castHere(cast.body(), null);
                }
            }
            case RoomMessage.Event event -> {
                var span = rooms.spans().deliver(event.traceparent());
                var frame = encode(ServerFrames.roomEvent(id, event.position(), event.event()));
                seats.values().forEach(each -> each.event(event.position(), frame.retainedDuplicate()));
                frame.release();
                span.end();
            }
            case RoomMessage.Changed change -> home.execute(() -> changed(change));
            case RoomMessage.Revoked revoked -> seats.values().forEach(each -> each.revoke(revoked.player()));
        }
    }

    @Override
    public void missedSome() {
        seats.values().forEach(Seats::readAgain);
        home.execute(() -> {
            enterAllAgain();
            if (!id.isOpen()) {
                own.values().stream().map(Own::player).distinct().forEach(this::askAgain);
            }
        });
    }

    private CompletionStage<Void> entered(Member member) {
        return CompletableFuture.supplyAsync(() -> enter(member), home)
                .thenCompose(entered -> entered)
                .thenCompose(version -> {
                    if (version == RoomMembers.FULL) {
                        throw new NotAdmittedException(
                                ErrorCode.BUSY, "members: " + rooms.settings().maxMembers() + " (expected: less)");
                    }
                    var seen = new CompletableFuture<Void>();
                    home.execute(() -> await(new Awaiting(version, seen)));
                    return seen;
                });
    }

    /// One that has ended meanwhile would never be dismissed.
    private CompletionStage<Long> enter(Member member) {
        if (member.hasEnded()) {
            throw new NotAdmittedException(ErrorCode.BUSY, "the join was given up");
        }
        var entered = rooms.members().enter(id, Map.of(member.id(), member.player()));
        own.put(member.id(), new Own(member.player(), entered));
        return entered;
    }

    /// A grant may have been revoked when nobody heard of it. Whoever gets no answer asks again at the next look at the
    /// room.
    private void askAgain(PlayerId player) {
        rooms.streams().isGranted(id, player).whenComplete((granted, failure) -> {
            if (granted == null) {
                LOG.debug("whether {} may be in {} is not known: {}", player, id, String.valueOf(failure));
                home.execute(() -> doubted.add(player));
            } else if (!granted) {
                seats.values().forEach(each -> each.revoke(player));
            }
        });
    }

    private void castHere(String text, @Nullable Member sender) {
        var frame = encode(text);
        for (var each : seats.values()) {
            if (!each.cast(frame.retainedDuplicate(), sender)) {
                rooms.meters().castDropped();
            }
        }
        frame.release();
    }

    private void changed(RoomMessage.Changed change) {
        switch (roster.hear(change, presence)) {
            case APPLIED -> seen();
            case KNOWN -> {}
            case GAP -> read();
        }
        var member = MemberId.parse(change.member());
        var kept = own.get(member);
        if (!change.joined() && kept != null) {
            // Somebody took this pod for dead.
            enterAgain(Map.of(member, kept.player()));
        }
    }

    private void read() {
        if (isReading) {
            mustReadAgain = true;
            return;
        }
        isReading = true;
        mustReadAgain = false;
        rooms.members().read(id).whenComplete((read, failure) -> home.execute(() -> read(read, failure)));
    }

    private void read(RoomMembers.@Nullable Read read, @Nullable Throwable failure) {
        isReading = false;
        if (read == null) {
            // The next look at the room reads again.
            roster.distrust();
            LOG.debug("members of {} cannot be read: {}", id, String.valueOf(failure));
            return;
        }
        roster.read(read.version(), read.members(), presence);
        seen();
        if (mustReadAgain) {
            read();
        }
    }

    /// The roster has changed, or is known to be as it was.
    private void seen() {
        reachesElsewhere = roster.reachesElsewhere();
        awaiting.removeIf(each -> {
            boolean isSeen = roster.version() >= each.version();
            if (isSeen) {
                each.seen().complete(null);
            }
            return isSeen;
        });
        if (!presence.isEmpty() && !isTelling) {
            isTelling = true;
            tell();
        }
    }

    /// Tells at once, and then no more before the interval is over.
    private void tell() {
        if (presence.isEmpty()) {
            isTelling = false;
            return;
        }
        // A loop that has not told the last one yet would be given one more each interval.
        if (seats.values().stream().noneMatch(Seats::isTellingPresence)) {
            var change = presence.take();
            var frame = encode(ServerFrames.presence(id, change.joined(), change.left()));
            seats.values().forEach(each -> each.presence(frame.retainedDuplicate()));
            frame.release();
        }
        home.schedule(this::tell, rooms.settings().presenceInterval().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void await(Awaiting added) {
        awaiting.add(added);
        seen();
    }

    /// Looks whether all is as it should be: who is kept by a gateway that is gone is removed, who is ours is there,
    /// and nobody else is said to be ours.
    private void keep() {
        rooms.members()
                .keep(id)
                .thenAccept(isThere -> home.execute(() -> {
                    if (!isThere && !own.isEmpty()) {
                        enterAllAgain();
                    }
                }));
        var asked = List.copyOf(doubted);
        doubted.clear();
        var here = own.values().stream().map(Own::player).collect(Collectors.toSet());
        asked.stream().filter(here::contains).forEach(this::askAgain);
        var stray = new ArrayList<>(roster.of(rooms.gone(roster.gateways())));
        roster.of(Set.of(rooms.gateway())).stream()
                .filter(member -> !own.containsKey(member))
                .forEach(stray::add);
        if (!stray.isEmpty()) {
            rooms.members().leave(id, stray);
        }
        var lost = new HashMap<MemberId, PlayerId>();
        own.forEach((member, kept) -> {
            if (!roster.has(member)) {
                lost.put(member, kept.player());
            }
        });
        enterAgain(lost);
        if (!lost.isEmpty() || !awaiting.isEmpty() || roster.version() == 0) {
            read();
        }
    }

    /// Redis may have lost what it knew of the room.
    private void enterAllAgain() {
        var all = new HashMap<MemberId, PlayerId>();
        own.forEach((member, kept) -> all.put(member, kept.player()));
        roster.distrust();
        enterAgain(all);
        read();
    }

    private void enterAgain(Map<MemberId, PlayerId> members) {
        if (!members.isEmpty()) {
            rooms.members().enter(id, Map.copyOf(members));
        }
    }

    private static ByteBuf encode(String text) {
        return TextFrames.encode(PooledByteBufAllocator.DEFAULT, text);
    }

    /// A session of this pod that is a member.
    ///
    /// @param entered completed when Redis knows, or cannot be told
    private record Own(PlayerId player, CompletionStage<Long> entered) {}

    /// Who waits to see the room as it is from a version on.
    private record Awaiting(long version, CompletableFuture<Void> seen) {}
}
