package dev.rookery.eventing.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One event of a stream's history.
///
/// @param re    the command that it answers; empty when it is a push
/// @param event JSON object without `op` and `seq`
public record Entry(
        long seq, String re, String event, @Nullable String traceparent) {

    /// An entry of `XRANGE`: its id, then names and values in the order in which history.lua wrote them.
    static Entry read(List<?> entry) {
        var id = (String) entry.get(0);
        var fields = (List<?>) entry.get(1);
        var trace = (String) fields.get(3);
        return new Entry(
                Long.parseLong(id.substring(0, id.indexOf('-'))),
                (String) fields.get(9),
                (String) fields.get(1),
                trace.isEmpty() ? null : trace);
    }
}
