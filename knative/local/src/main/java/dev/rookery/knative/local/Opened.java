package dev.rookery.knative.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be closed in the end, in the order of its stages whatever the order in which it was opened. One
/// that cannot be closed keeps no other from it.
final class Opened implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final List<Entry> entries = new ArrayList<>();

    /// In the order of closing.
    enum Stage {
        GATEWAY,
        DISPATCHER,
        FUNCTIONS,
        MANAGEMENT,
        SERVERS,
        DATA
    }

    synchronized <T extends AutoCloseable> T add(Stage stage, T each) {
        entries.add(new Entry(stage, each));
        return each;
    }

    /// What is of one stage is closed side by side: each may take its time.
    @Override
    public void close() {
        for (var stage : Stage.values()) {
            var closing = take(stage).stream()
                    .map(entry -> new FutureTask<Void>(() -> close(entry.each()), null))
                    .toList();
            try {
                Together.run(closing);
            } catch (IllegalStateException e) {
                LOG.error("{} is not closed in order", stage, e);
            }
        }
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            LOG.error("{} cannot be closed", each, e);
        }
    }

    private synchronized List<Entry> take(Stage stage) {
        var taken = entries.stream().filter(entry -> entry.stage() == stage).toList();
        entries.removeAll(taken);
        return taken;
    }

    private record Entry(Stage stage, AutoCloseable each) {}
}
