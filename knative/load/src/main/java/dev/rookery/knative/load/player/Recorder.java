package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Closing;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts what a player sees. Safe for use by many threads.
final class Recorder {

    private static final int MAX_VIOLATIONS = 100;

    private final Map<String, Long> errors = new TreeMap<>();
    private final Map<Integer, Long> endings = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private long welcomes;
    private long resumed;
    private long accepted;
    private long events;
    private long repeats;
    private long violated;

    synchronized void welcomed(Welcome welcome) {
        welcomes++;
        if (welcome.resumed()) {
            resumed++;
        }
    }

    synchronized void accepted() {
        accepted++;
    }

    synchronized void event(Event event) {
        if (event.repeat()) {
            repeats++;
        } else {
            events++;
        }
    }

    synchronized void error(String code) {
        errors.merge(code, 1L, Long::sum);
    }

    synchronized void ended(Closing how) {
        endings.merge(how.code(), 1L, Long::sum);
    }

    synchronized void violated(Violation violation) {
        violated++;
        if (violations.size() < MAX_VIOLATIONS) {
            violations.add(violation);
        }
    }

    synchronized Observed soFar() {
        return new Observed(welcomes, resumed, accepted, events, repeats, errors, endings, violated, violations);
    }
}
