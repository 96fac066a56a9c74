package dev.rookery.gateway.rooms;

import dev.rookery.gateway.connection.Connection;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What goes to members on one event loop. Whatever has gathered when the loop gets to it is written in one go,
/// and each connection that got some of it is flushed once: the price of a message is the system call, not the
/// bytes.
///
/// What fails is left out: what waits behind it, and the casts of other rooms, would never be given otherwise.
///
/// [#offer] from any thread, the rest on the loop.
final class Fanout {

    private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);
    private static final int EVENTS_OVER_CASTS = 2;

    private final EventLoop loop;
    private final int maxQueued;
    private final Queue<Delivery> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private final List<Seats> gathering = new ArrayList<>();
    private final List<Connection> dirty = new ArrayList<>();
    private boolean isLastWrite;

    /// @param maxQueued casts that may wait, together with all else
    Fanout(EventLoop loop, int maxQueued) {
        this.loop = loop;
        this.maxQueued = maxQueued;
    }

    /// Something for the members of one room who are connected on this loop.
    interface Delivery {

        void deliver(Fanout fanout);
    }

    /// @return false when as much waits as may
    boolean offerCast(Delivery delivery) {
        return offer(delivery, maxQueued);
    }

    /// Casts are left out first.
    ///
    /// @return false when as much waits as may: who should have had it has to read it
    boolean offerEvent(Delivery delivery) {
        return offer(delivery, EVENTS_OVER_CASTS * maxQueued);
    }

    private boolean offer(Delivery delivery, int bound) {
        if (queued.get() >= bound) {
            return false;
        }
        offer(delivery);
        return true;
    }

    /// Takes what cannot be left out: of each kind one in a room at a time, and one for each player who loses a grant.
    void offer(Delivery delivery) {
        queued.incrementAndGet();
        queue.add(delivery);
        if (isScheduled.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
    }

    int queued() {
        return queued.get();
    }

    /// The seats have casts to give when this turn is over.
    void gathers(Seats seats) {
        gathering.add(seats);
    }

    /// The connection was written to: it is flushed when all that waits has been written.
    void wrote(Connection connection) {
        if (isLastWrite) {
            connection.flush();
        } else {
            dirty.add(connection);
        }
    }

    private void run() {
        isScheduled.set(false);
        // What comes while this runs is for the next turn: others on this loop want theirs too.
        var turn = new ArrayDeque<Delivery>();
        for (int left = queued.get(); left > 0; left--) {
            var next = queue.poll();
            if (next == null) {
                break;
            }
            turn.add(next);
        }
        queued.addAndGet(-turn.size());
        try {
            for (var delivery : turn) {
                try {
                    delivery.deliver(this);
                } catch (RuntimeException | Error e) {
                    LOG.error("a delivery failed", e);
                }
            }
            // With the casts of one room and nothing else, a connection is looked at once and not again for its flush:
            // of ten thousand, none is in the processor's cache any more.
            isLastWrite = gathering.size() == 1 && dirty.isEmpty();
            for (var seats : gathering) {
                try {
                    seats.giveCasts(this);
                } catch (RuntimeException | Error e) {
                    LOG.error("casts were not given", e);
                }
            }
        } finally {
            isLastWrite = false;
            gathering.clear();
            dirty.forEach(Connection::flush);
            dirty.clear();
        }
    }
}
