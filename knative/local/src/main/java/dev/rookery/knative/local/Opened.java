package dev.rookery.knative.local;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    @Override
    public void close() {
        for (var entry : inOrder()) {
            try {
                entry.each().close();
            } catch (Exception e) {
                LOG.error("{} cannot be closed", entry.each(), e);
            }
        }
    }

    private synchronized List<Entry> inOrder() {
        var inOrder =
                entries.stream().sorted(Comparator.comparing(Entry::stage)).toList();
        entries.clear();
        return inOrder;
    }

    private record Entry(Stage stage, AutoCloseable each) {}
}
