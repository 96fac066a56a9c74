package dev.rookery.knative.load.swarm;

import dev.rookery.knative.load.protocol.ClientFrames;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.socket.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One player of a swarm, who plays on whatever happens to the connection: connects again with full jitter and
/// backoff, resumes, joins its room again, sends again in order what is undecided, and moves when its gateway drains.
///
/// The one idea: only the newest line moves the position. From the moment when a new line has said where it resumes
/// from, events of the older line are not looked at, for the new one brings them again. So no event is counted twice
/// and none is lost between the two, whichever of them lives.
///
/// Used on its shard's event loop.
final class Member {

    private static final JsonNode DEPOSIT =
            JsonMapper.shared().createObjectNode().put("amount", 1).put("currency", "EUR");

    private static final long READ_NANOS = TimeUnit.SECONDS.toNanos(10);
    /// Longer than a gateway bears it.
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int RETRY_MILLIS = 200;

    private final int index;
    private final Shard shard;
    private final Follow own = new Follow();
    private final Follow room = new Follow();
    private final Undecided undecided = new Undecided();
    private @Nullable Line line;
    private @Nullable Line leaving;
    private int failures;
    private int attempts;
    private long connections;
    private long asked;
    private long casts;
    private long lostAt;
    private long stallChanged;
    private boolean hasLeft;
    private boolean isMoving;
    private boolean isCut;

    Member(int index, Shard shard) {
        this.index = index;
        this.shard = shard;
    }

    void connect() {
        connections++;
        var next = new Line(this, shard);
        line = next;
        shard.dial(index, failures, next);
    }

    void cast(long due) {
        var now = line;
        if (now == null || !now.isJoined() || !now.send(castFrame(due))) {
            shard.tally.count(Count.CASTS_HELD_BACK);
            return;
        }
        casts++;
        shard.tally.count(Count.CASTS_SENT);
    }

    void command(long due) {
        if (undecided.isFull() || hasLeft) {
            shard.tally.count(Count.COMMANDS_HELD_BACK);
            return;
        }
        var id = id();
        var frame = ClientFrames.command(id, "wallet.deposit", DEPOSIT);
        undecided.add(id, new Undecided.Command(frame, due));
        shard.tally.count(Count.COMMANDS_SENT);
        if (line != null && line.isWelcomed() && !isMoving) {
            line.send(bytes(frame));
        }
    }

    /// As if the network had lost it; it comes back at once, and not when it would by itself.
    void cut() {
        if (line != null) {
            isCut = true;
            line.cut();
        }
    }

    void leave() {
        hasLeft = true;
        if (line != null) {
            line.leave();
        }
    }

    boolean stalls() {
        return shard.settings.isStalled(index);
    }

    /// Once a second.
    void look(long now) {
        if (line != null && line.silentNanos(now) > shard.settings.patience().toNanos()) {
            shard.tally.count(Count.SILENT);
            line.cut();
        }
        if (line != null && stalls() && line.isJoined()) {
            stallOrReadOn(line, now);
        }
    }

    String token() {
        return shard.mint.token(shard.settings.player(index), Instant.now());
    }

    /// Where to resume from; null when nothing was seen yet.
    @Nullable
    Position position() {
        return own.ask();
    }

    boolean hearsCastsOf(Line of) {
        return of == line || line == null || !line.isJoined();
    }

    void welcomed(Line of, FrameScan frame) {
        if (of != line) {
            return;
        }
        attempts = 0;
        isMoving = false;
        if (own.isElsewhere(frame.epoch())) {
            shard.tally.count(Count.RESTARTED);
        }
        tell(own.begun(frame.epoch(), frame.seq(), frame.resumed()));
        if (lostAt != 0) {
            shard.tally.time(Timing.BACK, System.nanoTime() - lostAt);
            lostAt = 0;
        }
        if (leaving != null) {
            leaving.leave();
            leaving = null;
        }
        join();
        undecided.frames().forEach(this::sendAgain);
    }

    void joined(Line of, FrameScan frame) {
        if (of == line) {
            of.joined();
            shard.tally.count(Count.JOINED);
            tell(room.begun(frame.epoch(), frame.seq(), frame.resumed()));
            stallChanged = System.nanoTime();
        }
    }

    void event(Line of, FrameScan frame) {
        if (of != line) {
            return;
        }
        if (frame.hasRoom()) {
            shard.tally.count(Count.ROOM_EVENTS);
            tell(room.event(frame.seq()));
            return;
        }
        if (frame.repeat()) {
            shard.tally.count(Count.REPEATS);
        } else {
            shard.tally.count(Count.EVENTS);
            tell(own.event(frame.seq()));
        }
        var command = undecided.settle(frame.re());
        if (command != null) {
            shard.tally.time(Timing.COMMAND, System.nanoTime() - command.due());
            boolean isDone = frame.outcome().equals("done");
            shard.tally.count(isDone ? Count.COMMANDS_DONE : Count.COMMANDS_NOT_DONE);
        }
    }

    void error(Line of, FrameScan frame) {
        var code = frame.code();
        shard.tally.error(code);
        if (of != line) {
            return;
        }
        var re = frame.re();
        // `unavailable` leaves open whether it had an effect: only the same id finds out.
        boolean isAgain = frame.retryable() || code.equals("unavailable");
        long wait = Math.max(0, frame.millis()) + shard.random.nextInt(RETRY_MILLIS);
        if (undecided.get(re) != null) {
            if (isAgain) {
                shard.after(wait, () -> retry(re));
            } else {
                undecided.settle(re);
                shard.tally.count(Count.COMMANDS_REJECTED);
            }
        } else if (!of.isJoined() && isAgain && !re.isEmpty()) {
            shard.after(wait, () -> rejoin(of));
        }
    }

    /// Connects elsewhere first, at a moment of its own within the time given.
    void drain(Line of, FrameScan frame) {
        if (of != line || isMoving) {
            return;
        }
        shard.tally.count(Count.DRAINED);
        isMoving = true;
        long within = Math.clamp(frame.millis(), 0, shard.settings.patience().toMillis());
        shard.after(within, () -> move(of));
    }

    void lost(Line of, Ending ending) {
        if (of == leaving) {
            leaving = null;
        }
        if (of != line) {
            return;
        }
        line = null;
        isMoving = false;
        if (of.isWelcomed()) {
            lostAt = System.nanoTime();
        }
        if (hasLeft) {
            return;
        }
        if (ending.code() / 100 == 42) {
            hasLeft = true;
            shard.tally.count(Count.STOPPED);
            return;
        }
        comeBack(ending);
    }

    /// With full jitter and backoff, and elsewhere when it was not the server that let go.
    private void comeBack(Ending ending) {
        long wait = isCut
                ? 0
                : shard.settings.backoff().delay(attempts++, shard.random).toMillis();
        if (!isCut && (ending.code() == Ending.LOST || ending.code() == Ending.REFUSED)) {
            failures++;
        }
        isCut = false;
        shard.after(wait + TimeUnit.SECONDS.toMillis(ending.retryAfterSeconds()), () -> {
            if (line == null && !hasLeft) {
                connect();
            }
        });
    }

    private void stallOrReadOn(Line joined, long now) {
        if (now - stallChanged > (joined.isStalled() ? STALL_NANOS : READ_NANOS)) {
            stallChanged = now;
            if (joined.isStalled()) {
                joined.readOn();
            } else {
                joined.stall();
            }
        }
    }

    private void move(Line of) {
        if (of == line && !hasLeft) {
            leaving = of;
            failures++;
            connect();
        }
    }

    private void join() {
        var name = shard.settings.room(index);
        if (!name.isEmpty() && line != null) {
            line.send(bytes(ClientFrames.join(id(), name, room.ask())));
        }
    }

    private void rejoin(Line of) {
        if (of == line && !of.isJoined()) {
            join();
        }
    }

    private void retry(String id) {
        var command = undecided.get(id);
        if (command != null && line != null && line.isWelcomed()) {
            sendAgain(command.frame());
        }
    }

    private void sendAgain(String frame) {
        if (line != null) {
            line.send(bytes(frame));
            shard.tally.count(Count.COMMANDS_RESENT);
        }
    }

    private String id() {
        return shard.settings.player(index) + "-" + asked++;
    }

    private byte[] castFrame(long due) {
        long number = CastOrder.number(connections, casts + 1);
        return bytes("{\"op\":\"cast\",\"room\":\"" + shard.settings.room(index) + "\",\"data\":{\"s\":"
                + shard.settings.slot(index) + ",\"n\":" + number + ",\"at\":" + due + ",\"pad\":\""
                + "x".repeat(shard.settings.padding()) + "\"}}");
    }

    private static byte[] bytes(String frame) {
        return frame.getBytes(StandardCharsets.UTF_8);
    }

    private void tell(@Nullable Breach breach) {
        if (breach != null) {
            shard.tally.breach(new Breach(breach.kind(), shard.settings.player(index) + ": " + breach.what()));
        }
    }
}
