package dev.rookery.gateway.connection;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The newest casts for a client that has no room now: the real-time lane is worth something only when it is
/// fresh, so the oldest goes first.
///
/// Confined to the connection's loop.
final class HeldCasts {

    private final int capacity;
    private final IntConsumer dropped;
    private final Deque<Held> frames = new ArrayDeque<>();
    private int held;

    /// @param capacity how many casts
    /// @param dropped  told how many casts the client will never get
    HeldCasts(int capacity, IntConsumer dropped) {
        this.capacity = capacity;
        this.dropped = dropped;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /// Takes the frames over.
    ///
    /// @param count how many casts they are; what came together goes together
    void add(ByteBuf together, int count) {
        frames.addLast(new Held(together, count));
        held += count;
        while (held > capacity && (capacity == 0 || frames.size() > 1)) {
            var oldest = frames.removeFirst();
            held -= oldest.count();
            oldest.frames().release();
            dropped.accept(oldest.count());
        }
    }

    /// The oldest that is held, which the caller has to release; null when there is none.
    @Nullable
    ByteBuf next() {
        var oldest = frames.pollFirst();
        if (oldest == null) {
            return null;
        }
        held -= oldest.count();
        return oldest.frames();
    }

    void clear() {
        frames.forEach(each -> each.frames().release());
        frames.clear();
        held = 0;
    }

    private record Held(ByteBuf frames, int count) {}
}
