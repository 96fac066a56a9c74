package dev.rookery.eventing.delivery;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs the chores now and then for as long as this instance is there, so that what traffic leaves behind is done
/// soon. The timer, which would keep a function from ever going to zero if it came as often, only has to come for
/// what is due when nobody plays.
final class AwakeChores implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("chores").daemon().factory());

    /// Begins at once; the first run is one pause later.
    ///
    /// @param pause between the end of a run and the next
    AwakeChores(Chores chores, Duration pause) {
        // Chores tell their failures themselves.
        timer.scheduleWithFixedDelay(chores::run, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// What is under way is let end by whoever ends the connections that it uses.
    @Override
    public void close() {
        timer.shutdown();
    }
}
