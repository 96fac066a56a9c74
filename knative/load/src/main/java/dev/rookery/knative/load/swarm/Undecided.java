package dev.rookery.knative.load.swarm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commands of one member that have no event yet, in the order in which they were first sent.
final class Undecided {

    /// What the protocol's example lets be undecided.
    private static final int MAX = 32;

    private final Map<String, Command> commands = new LinkedHashMap<>();

    /// @param due when it was to be sent, in nanoseconds of [System#nanoTime]
    record Command(String frame, long due) {}

    boolean isFull() {
        return commands.size() >= MAX;
    }

    void add(String id, Command command) {
        commands.put(id, command);
    }

    /// Null when it is decided, or nobody's.
    @Nullable
    Command get(String id) {
        return commands.get(id);
    }

    /// Null when it was settled before.
    @Nullable
    Command settle(String id) {
        return commands.remove(id);
    }

    List<String> frames() {
        return commands.values().stream().map(Command::frame).toList();
    }
}
