package dev.rookery.knative.load.player;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// What was asked and is not decided yet, in the order in which it was asked: what is on its way, and what is to
/// be sent, for the first time or again.
///
/// The idea: there is one order for ever, the order of asking. Whatever happens, a lost connection or a frame
/// sent back, only marks frames as to be sent; the next frame to go is always the first so marked. When a frame
/// is sent back all wait for its time, not it alone, or those behind it would overtake it.
///
/// Confined to the client's thread, but for [#reserve].
///
/// @param <R> what decides
final class Outbox<R> {

    private final Map<String, Asked<R>> undecided = new LinkedHashMap<>();
    private final Semaphore room;
    private final int window;
    private int onTheirWay;
    private @Nullable Long heldUntilNanos;

    /// @param window on their way at a time
    /// @param limit  undecided at all
    Outbox(int window, int limit) {
        this.window = window;
        this.room = new Semaphore(limit);
    }

    /// Takes room for one, from any thread, so that what is asked too fast does not even wait to be refused.
    ///
    /// @return false when as much is undecided as may be
    boolean reserve() {
        return room.tryAcquire();
    }

    /// Gives back room that was taken and not used.
    void release() {
        room.release();
    }

    /// Takes one for which room was reserved.
    ///
    /// @return false when one of that id is undecided already
    boolean add(String id, String frame, CompletableFuture<R> decided) {
        return undecided.putIfAbsent(id, new Asked<>(frame, decided)) == null;
    }

    /// The frame that goes next, which counts as on its way from now on; null when none may go now.
    ///
    /// @param allowed on their way at a time, as the server says
    @Nullable
    String next(int allowed, long nowNanos) {
        if (heldUntilNanos != null && heldUntilNanos - nowNanos > 0) {
            return null;
        }
        heldUntilNanos = null;
        if (onTheirWay >= Math.min(window, allowed)) {
            return null;
        }
        for (var asked : undecided.values()) {
            if (!asked.isOnItsWay) {
                asked.isOnItsWay = true;
                asked.sendings++;
                onTheirWay++;
                return asked.frame;
            }
        }
        return null;
    }

    /// The connection is gone: over the next everything is sent again.
    void connectionLost() {
        undecided.values().forEach(asked -> asked.isOnItsWay = false);
        onTheirWay = 0;
    }

    /// How often one was sent; 0 when it is not here.
    int sendings(String id) {
        var asked = undecided.get(id);
        return asked == null ? 0 : asked.sendings;
    }

    /// The server sent one back.
    ///
    /// @param untilNanos nothing goes before
    void sentBack(String id, long untilNanos) {
        var asked = undecided.get(id);
        if (asked != null && asked.isOnItsWay) {
            asked.isOnItsWay = false;
            onTheirWay--;
        }
        if (heldUntilNanos == null || untilNanos - heldUntilNanos > 0) {
            heldUntilNanos = untilNanos;
        }
    }

    /// One is decided and no longer here; whoever waits for it is to be told. Null when it was not here.
    @Nullable
    CompletableFuture<R> settle(String id) {
        var asked = undecided.remove(id);
        if (asked == null) {
            return null;
        }
        if (asked.isOnItsWay) {
            onTheirWay--;
        }
        room.release();
        return asked.decided;
    }

    int size() {
        return undecided.size();
    }

    /// Nothing will be decided any more.
    void end(RuntimeException why) {
        var left = List.copyOf(undecided.keySet());
        for (var id : left) {
            var decided = settle(id);
            if (decided != null) {
                decided.completeExceptionally(why);
            }
        }
    }

    private static final class Asked<R> {

        private final String frame;
        private final CompletableFuture<R> decided;
        private boolean isOnItsWay;
        private int sendings;

        Asked(String frame, CompletableFuture<R> decided) {
            this.frame = frame;
            this.decided = decided;
        }
    }
}
