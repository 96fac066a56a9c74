package dev.rookery.knative.local.ops;

import dev.rookery.knative.local.letters.Filed;
import dev.rookery.knative.local.letters.LetterBox;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The dead letters, read once for all who ask at about the same time: to read them takes the whole topic.
///
/// Safe for use by many threads, which wait for each other.
final class SharedLetters {

    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final Supplier<LetterBox> box;
    private @Nullable List<Filed> last;
    private long lastNanos;

    /// @param box as they are at a moment
    SharedLetters(Supplier<LetterBox> box) {
        this.box = box;
    }

    /// Oldest first.
    synchronized List<Filed> list() {
        var known = last;
        if (known != null && System.nanoTime() - lastNanos < FRESH_NANOS) {
            return known;
        }
        var found = box.get().list();
        last = found;
        lastNanos = System.nanoTime();
        return found;
    }

    /// Who asks after this sees what has come of it.
    ///
    /// @return the id that it is given to its function again by
    /// @throws IllegalArgumentException as [LetterBox#replay]
    synchronized String replay(String name) {
        last = null;
        return box.get().replay(name);
    }
}
