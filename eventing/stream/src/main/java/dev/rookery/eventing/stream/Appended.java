package dev.rookery.eventing.stream;

import java.util.List;
import java.util.Locale;

/// What became of an append.
///
/// @param seq the event's place, 0 when it has left the history
public record Appended(How how, long seq) {

    public enum How {
        /// It is new in the history, and published.
        APPENDED,
        /// It had been appended; the session that asked again is told again.
        REPEATED,
        /// It had been appended, and nobody asked again.
        SILENT
    }

    /// What the scripts that append return.
    static Appended read(List<Object> reply) {
        return new Appended(How.valueOf(((String) reply.get(0)).toUpperCase(Locale.ROOT)), (Long) reply.get(1));
    }
}
