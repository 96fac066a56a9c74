package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The members of one room whose connections are on one event loop.
///
/// Confined to that loop, but for what gives something to all: that may be called from any thread.
final class Seats {

    /// A piece that is larger than this is not much cheaper than two.
    private static final int MAX_PIECE_BYTES = 32 * 1_024;

    private final Fanout fanout;
    private final List<Member> members = new ArrayList<>();
    private final List<Gathered> casts = new ArrayList<>();
    private final AtomicBoolean isReadingAgain = new AtomicBoolean();
    private final Set<PlayerId> revoked = ConcurrentHashMap.newKeySet();
    private volatile boolean isTellingPresence;
    private volatile int size;

    Seats(Fanout fanout) {
        this.fanout = fanout;
    }

    void add(Member member) {
        member.takeSeat(members.size());
        members.add(member);
        size = members.size();
    }

    /// The last one moves to the seat that is free.
    void remove(Member member) {
        int seat = member.seat();
        var last = members.removeLast();
        if (last != member) {
            members.set(seat, last);
            last.takeSeat(seat);
        }
        size = members.size();
    }

    /// From any thread.
    ///
    /// @param frame  taken over
    /// @param sender who gets nothing; null when nobody here sent it
    /// @return false when as much waits as may: nobody here gets it
    boolean cast(ByteBuf frame, @Nullable Member sender) {
        if (size == 0) {
            frame.release();
            return true;
        }
        boolean offered = fanout.offerCast(loop -> gather(new Gathered(frame, sender), loop));
        if (!offered) {
            frame.release();
        }
        return offered;
    }

    /// From any thread.
    ///
    /// @param frame taken over
    void event(Position at, ByteBuf frame) {
        if (size == 0) {
            // Who sits down after this reads the stream later than this.
            frame.release();
            return;
        }
        if (!fanout.offerEvent(loop -> each(frame, member -> member.event(at, frame, loop)))) {
            // Streams keep what a loop that is behind has no place for.
            frame.release();
            readAgain();
        }
    }

    /// From any thread.
    ///
    /// @param frame taken over
    void presence(ByteBuf frame) {
        if (size == 0) {
            frame.release();
            return;
        }
        isTellingPresence = true;
        fanout.offer(loop -> {
            isTellingPresence = false;
            each(frame, member -> member.presence(frame, loop));
        });
    }

    /// Whether what was told last still waits: what comes meanwhile is told with the next.
    boolean isTellingPresence() {
        return isTellingPresence;
    }

    /// Something may have been missed; from any thread. What is missed until it is done is done with it.
    void readAgain() {
        if (isReadingAgain.compareAndSet(false, true)) {
            fanout.offer(_ -> {
                isReadingAgain.set(false);
                members.forEach(Member::readAgain);
            });
        }
    }

    /// From any thread.
    void revoke(PlayerId player) {
        if (revoked.add(player)) {
            fanout.offer(_ -> {
                revoked.remove(player);
                List.copyOf(members).stream()
                        .filter(member -> member.player().equals(player))
                        .forEach(Member::revoked);
            });
        }
    }

    private void gather(Gathered cast, Fanout loop) {
        if (casts.isEmpty()) {
            loop.gathers(this);
        }
        casts.add(cast);
    }

    /// All that have gathered: as one piece, but to those who sent some of it. What a member is written costs by the
    /// piece.
    void giveCasts(Fanout loop) {
        var gathered = List.copyOf(casts);
        casts.clear();
        try {
            give(gathered, loop);
        } finally {
            gathered.forEach(cast -> cast.frame().release());
        }
    }

    private void give(List<Gathered> gathered, Fanout loop) {
        var senders = new HashSet<Member>();
        gathered.forEach(cast -> {
            if (cast.sender() != null) {
                senders.add(cast.sender());
            }
        });
        // Mostly there is one, and asking a set would look at every member.
        var only = senders.size() == 1 ? senders.iterator().next() : null;
        for (var piece : pieces(gathered)) {
            each(piece.frames(), member -> {
                if (only == null ? !senders.contains(member) : member != only) {
                    member.cast(piece.frames(), piece.count(), loop);
                }
            });
        }
        // Who sent from another loop is given the others' casts there.
        var seated = senders.stream().filter(member -> member.sitsIn(this)).toList();
        for (var cast : gathered) {
            seated.stream()
                    .filter(member -> member != cast.sender())
                    .forEach(member -> member.cast(cast.frame(), 1, loop));
        }
    }

    private static List<Piece> pieces(List<Gathered> casts) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        while (from < casts.size()) {
            int bytes = casts.get(from).frame().readableBytes();
            int to = from + 1;
            while (to < casts.size() && bytes + casts.get(to).frame().readableBytes() <= MAX_PIECE_BYTES) {
                bytes += casts.get(to).frame().readableBytes();
                to++;
            }
            pieces.add(piece(casts.subList(from, to), bytes));
            from = to;
        }
        return pieces;
    }

    private static Piece piece(List<Gathered> casts, int bytes) {
        if (casts.size() == 1) {
            return new Piece(casts.getFirst().frame().retain(), 1);
        }
        var piece = PooledByteBufAllocator.DEFAULT.ioBuffer(bytes);
        casts.forEach(cast -> piece.writeBytes(
                cast.frame(), cast.frame().readerIndex(), cast.frame().readableBytes()));
        return new Piece(piece, casts.size());
    }

    /// Some casts in one.
    private record Piece(ByteBuf frames, int count) {}

    /// One cast that waits for the end of a turn.
    ///
    /// @param sender who gets nothing; null when nobody here sent it
    private record Gathered(ByteBuf frame, @Nullable Member sender) {}

    private void each(ByteBuf frame, Consumer<Member> then) {
        try {
            for (int seat = 0; seat < members.size(); seat++) {
                then.accept(members.get(seat));
            }
        } finally {
            frame.release();
        }
    }
}
