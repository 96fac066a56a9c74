package dev.rookery.gateway.session;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Pings every client once an interval. The first ping comes at a random point of it, so that clients who came
/// together do not answer together for ever.
///
/// A wheel for each event loop and one timer for each wheel: a timer for each connection would cost more than the
/// connection's own state here.
///
/// Safe for use by many threads; a wheel is confined to its loop.
public final class Heartbeats {

    private static final int SLOTS = 60;
    private static final Duration SHORTEST_STEP = Duration.ofMillis(5);

    private final Map<EventExecutor, Wheel> wheels = new HashMap<>();

    public Heartbeats(EventLoopGroup loops, Duration interval) {
        int slots = Math.clamp(interval.dividedBy(SHORTEST_STEP), 1, SLOTS);
        long stepNanos = interval.dividedBy(slots).toNanos();
        for (var loop : loops) {
            var wheel = new Wheel(slots);
            wheels.put(loop, wheel);
            loop.scheduleAtFixedRate(wheel::turn, stepNanos, stepNanos, TimeUnit.NANOSECONDS);
        }
    }

    /// For the pipeline of one connection.
    public ChannelHandler ofOne() {
        return new Heartbeat(this);
    }

    Wheel wheel(EventExecutor loop) {
        var wheel = wheels.get(loop);
        if (wheel == null) {
            throw new IllegalArgumentException("loop: " + loop + " (expected: one of the gateway's)");
        }
        return wheel;
    }

    /// The connections of one loop, by when their turn is.
    static final class Wheel {

        private final List<List<Heartbeat>> slots = new ArrayList<>();
        private int next;

        private Wheel(int size) {
            for (int slot = 0; slot < size; slot++) {
                slots.add(new ArrayList<>());
            }
        }

        void add(Heartbeat heartbeat) {
            int slot = ThreadLocalRandom.current().nextInt(slots.size());
            var beating = slots.get(slot);
            heartbeat.place(slot, beating.size());
            beating.add(heartbeat);
        }

        /// The last one of its slot moves to where it was.
        void remove(Heartbeat heartbeat) {
            var beating = slots.get(heartbeat.slot());
            var last = beating.removeLast();
            if (last != heartbeat) {
                beating.set(heartbeat.index(), last);
                last.place(heartbeat.slot(), heartbeat.index());
            }
        }

        private void turn() {
            // None leaves meanwhile: a channel that is closed tells so in a turn of its own.
            slots.get(next).forEach(Heartbeat::beat);
            next = (next + 1) % slots.size();
        }
    }
}
