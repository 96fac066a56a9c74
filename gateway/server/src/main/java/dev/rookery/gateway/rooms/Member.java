package dev.rookery.gateway.rooms;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.Entry;
import dev.rookery.gateway.connection.Connection;
import dev.rookery.gateway.egress.StreamReader;
import dev.rookery.gateway.protocol.CloseCode;
import dev.rookery.gateway.protocol.ServerFrames;
import io.netty.buffer.ByteBuf;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection's membership in one room: gets what everybody gets, from its welcome on, and the room's own
/// stream without a gap.
///
/// Confined to the connection's loop.
final class Member implements StreamReader.Client {

    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private final Room room;
    private final MemberId id;
    private final PlayerId player;
    private final Connection connection;
    private final String re;
    private final StreamReader reader;
    private final BiConsumer<Member, Throwable> refused;
    private final Consumer<Member> revoked;
    private int seat;
    private boolean isWelcome;
    private volatile boolean hasEnded;

    /// @param re      the join that made it
    /// @param refused told when it never becomes one, and why
    /// @param revoked told when it may be one no longer
    Member(
            Room room,
            MemberId id,
            PlayerId player,
            Connection connection,
            String re,
            BiConsumer<Member, Throwable> refused,
            Consumer<Member> revoked) {
        this.room = room;
        this.id = id;
        this.player = player;
        this.connection = connection;
        this.re = re;
        this.refused = refused;
        this.revoked = revoked;
        this.reader = new StreamReader(connection.loop(), connection, room::open, this, room.redisTimeout());
    }

    /// @param since what the client last saw of the room's stream; null when it saw nothing
    void begin(@Nullable Position since) {
        room.seats(connection.loop()).add(this);
        reader.begin(room.admit(this), since);
    }

    /// Whoever ends it tells the room too.
    void end() {
        if (!hasEnded) {
            hasEnded = true;
            room.seats(connection.loop()).remove(this);
            room.dismiss(id);
        }
    }

    MemberId id() {
        return id;
    }

    /// The join that made it.
    String re() {
        return re;
    }

    RoomId roomId() {
        return room.id();
    }

    PlayerId player() {
        return player;
    }

    boolean isWelcome() {
        return isWelcome;
    }

    /// Sends to every other member.
    ///
    /// @param data JSON
    void send(String data) {
        room.cast(this, ServerFrames.cast(room.id(), player, data));
    }

    /// @param count how many casts the frames are
    void cast(ByteBuf frames, int count, Fanout fanout) {
        if (isWelcome) {
            write(fanout, () -> connection.cast(frames, count));
        }
    }

    void event(Position at, ByteBuf frame, Fanout fanout) {
        if (reader.heard(at)) {
            write(fanout, () -> connection.writeShared(frame));
        }
    }

    void presence(ByteBuf frame, Fanout fanout) {
        if (isWelcome) {
            write(fanout, () -> connection.writeShared(frame));
        }
    }

    void readAgain() {
        reader.readAgain();
    }

    void revoked() {
        connection.write(ServerFrames.left(null, room.id()));
        revoked.accept(this);
    }

    boolean sitsIn(Seats seats) {
        return !hasEnded && room.seats(connection.loop()).equals(seats);
    }

    int seat() {
        return seat;
    }

    void takeSeat(int free) {
        seat = free;
    }

    @Override
    public boolean hasEnded() {
        return hasEnded || !connection.isOpen();
    }

    @Override
    public void welcome(Position from, boolean resumed) {
        if (hasEnded()) {
            return;
        }
        connection.write(ServerFrames.joined(re, room.id(), room.players(), from, resumed));
        isWelcome = true;
    }

    @Override
    public void give(Position at, Entry entry) {
        connection.write(ServerFrames.roomEvent(room.id(), at, entry.event()));
    }

    @Override
    public void unreadable(Throwable failure) {
        refused.accept(this, failure);
    }

    @Override
    public void gap() {
        connection.close(CloseCode.GAP, "the stream of room " + room.id() + " cannot be followed without a gap");
    }

    private void write(Fanout fanout, Runnable write) {
        boolean wasDirty = connection.isDirty();
        try {
            write.run();
        } catch (RuntimeException e) {
            // One member that cannot be written to must not keep the others from what is theirs.
            LOG.error("member of {} cannot be written to", room.id(), e);
            connection.close(CloseCode.INTERNAL, "internal");
        }
        if (!wasDirty && connection.isDirty()) {
            fanout.wrote(connection);
        }
    }
}
