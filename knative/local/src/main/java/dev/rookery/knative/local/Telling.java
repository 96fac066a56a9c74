package dev.rookery.knative.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// What a person at the terminal is told.
final class Telling {

    private final PrintStream out;

    Telling(PrintStream out) {
        this.out = out;
    }

    void started(String name, Duration took, String where) {
        out.printf(Locale.ROOT, "  %-10s %5.1f s   %s%n", name, seconds(took), where);
    }

    void line(String text) {
        out.println(text);
    }

    static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    static double seconds(Duration took) {
        return took.toMillis() / 1_000.0;
    }
}
