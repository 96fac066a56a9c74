package dev.rookery.knative.load.swarm;

import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.ClientFrames;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.socket.Ending;
import dev.rookery.knative.load.socket.Listener;
import dev.rookery.knative.load.socket.Wire;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One connection of a member, from dialling to its end. A member has two of them only while it moves because its
/// gateway drains.
final class Line implements Listener {

    private final Member member;
    private final Shard shard;
    private final CastOrder order = new CastOrder();
    private final long dialed = System.nanoTime();
    private @Nullable Wire wire;
    private long heard = dialed;
    private long helloSent;
    private boolean asksToResume;
    private boolean isWelcomed;
    private boolean isJoined;
    private boolean isStalled;

    Line(Member member, Shard shard) {
        this.member = member;
        this.shard = shard;
    }

    boolean isWelcomed() {
        return isWelcomed;
    }

    boolean isJoined() {
        return isJoined;
    }

    boolean isStalled() {
        return isStalled;
    }

    /// @return whether it was written
    boolean send(byte[] frame) {
        if (wire == null || wire.isClogged()) {
            return false;
        }
        wire.send(frame);
        wire.flush();
        return true;
    }

    void stall() {
        if (wire != null) {
            isStalled = true;
            wire.stopReading();
        }
    }

    void readOn() {
        if (wire != null) {
            heard = System.nanoTime();
            isStalled = false;
            wire.readOn();
        }
    }

    void cut() {
        if (wire != null) {
            wire.cut();
        }
    }

    void leave() {
        if (wire != null) {
            wire.close();
        }
    }

    long silentNanos(long now) {
        return isStalled ? 0 : now - heard;
    }

    /// The room is entered: what came over another connection of the member is not to come twice.
    void joined() {
        isJoined = true;
    }

    @Override
    public void opened(Wire opened) {
        wire = opened;
        helloSent = System.nanoTime();
        shard.tally.time(Timing.CONNECT, helloSent - dialed);
        var position = member.position();
        asksToResume = position != null;
        opened.send(ClientFrames.hello(member.token(), position).getBytes(StandardCharsets.UTF_8));
        opened.flush();
    }

    @Override
    public void text(Wire from, byte[] bytes, int begin, int end) {
        heard = System.nanoTime();
        try {
            shard.scan.read(bytes, begin, end);
        } catch (BadFrameException e) {
            shard.tally.breach(new Breach(Breach.Kind.BAD_FRAME, String.valueOf(e.getMessage())));
            return;
        }
        frame(shard.scan);
    }

    @Override
    public void closed(Ending ending) {
        wire = null;
        shard.tally.ended(how(ending));
        if (isWelcomed) {
            shard.tally.count(Count.CONNECTED, -1);
        }
        member.lost(this, ending);
    }

    /// What never was a connection has no close code.
    private String how(Ending ending) {
        if (ending.code() == Ending.REFUSED) {
            return ending.reason();
        }
        boolean neverWas = !isWelcomed && ending.code() == Ending.LOST;
        return neverWas ? Observation.NO_CONNECTION : Integer.toString(ending.code());
    }

    private void frame(FrameScan frame) {
        switch (frame.op()) {
            case WELCOME -> welcome(frame);
            case CAST -> cast(frame);
            case EVENT -> member.event(this, frame);
            case ACCEPTED -> shard.tally.count(Count.COMMANDS_ACCEPTED);
            case ERROR -> member.error(this, frame);
            case JOINED -> member.joined(this, frame);
            case DRAIN -> member.drain(this, frame);
            case PRESENCE, PONG, OTHER -> {}
        }
    }

    private void welcome(FrameScan frame) {
        if (isWelcomed) {
            shard.tally.breach(new Breach(Breach.Kind.BAD_FRAME, "a second welcome (expected: one)"));
            return;
        }
        isWelcomed = true;
        shard.tally.count(Count.WELCOMED);
        shard.tally.count(Count.CONNECTED);
        shard.tally.time(asksToResume ? Timing.RESUME : Timing.WELCOME, heard - helloSent);
        if (asksToResume) {
            shard.tally.count(frame.resumed() ? Count.RESUMED : Count.NOT_RESUMED);
        }
        member.welcomed(this, frame);
    }

    private void cast(FrameScan frame) {
        if (!member.hearsCastsOf(this)) {
            return;
        }
        shard.tally.count(Count.CASTS_RECEIVED);
        // Without our numbers it is somebody else's.
        if (frame.at() == FrameScan.NONE || frame.slot() < 0 || frame.slot() >= SwarmSettings.SENDERS) {
            return;
        }
        if (!member.stalls()) {
            shard.tally.time(Timing.CAST, heard - frame.at());
        }
        var breach = order.cast((int) frame.slot(), frame.number());
        if (breach != null) {
            shard.tally.breach(breach);
        }
        long missed = order.takeMissed();
        if (missed > 0) {
            shard.tally.count(Count.CASTS_MISSED, missed);
        }
    }
}
