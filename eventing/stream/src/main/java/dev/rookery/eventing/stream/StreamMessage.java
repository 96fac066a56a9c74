package dev.rookery.eventing.stream;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Position;
import org.jspecify.annotations.Nullable;

/// What is published on a player's channel.
///
/// On the wire: one line of fields between tabs, the first of which names the kind, then the JSON as it goes to
/// the player. The JSON is never parsed on the way. An event and a repeat have one field more where what they tell
/// was committed at a known place of the database's log; who does not know of it, such as a gateway of an older
/// release, has to be rolled before who writes it.
public sealed interface StreamMessage {

    /// Before the line ends; one more where there is an LSN.
    int FIELDS = 5;

    /// Trace context in which it was sent, W3C `traceparent`; null when nothing is traced.
    @Nullable
    String traceparent();

    /// A new event of the stream, for every session of the player.
    ///
    /// @param position the event's own place
    /// @param re       the command that it answers; empty when it is a push
    /// @param event    JSON object without `op` and `seq`
    /// @param lsn      what it tells was committed before it; null when that is not known
    record Event(
            Position position,
            String re,
            String event,
            @Nullable String traceparent,
            @Nullable Lsn lsn) implements StreamMessage {}

    /// An event told again because one session sent its command again; it moves no position.
    ///
    /// @param seq the place that the event has, 0 when it has left the history
    /// @param lsn what it tells was committed before it; null when that is not known
    record Repeat(
            String session,
            long seq,
            String re,
            String event,
            @Nullable String traceparent,
            @Nullable Lsn lsn) implements StreamMessage {}

    /// The answer to one session's query.
    ///
    /// @param answer JSON object: `outcome`, `data`
    record Answered(
            String session,
            String re,
            String answer,
            @Nullable String traceparent) implements StreamMessage {}

    /// One session's request had no effect and never will have.
    ///
    /// @param code one of the protocol's error codes
    record Rejected(
            String session,
            String re,
            String code,
            String message,
            @Nullable String traceparent) implements StreamMessage {}

    /// @throws IllegalArgumentException when it is no message of ours
    static StreamMessage parse(String message) {
        int end = message.indexOf('\n');
        if (end < 0) {
            throw unreadable(message);
        }
        var fields = message.substring(0, end).split("\t", -1);
        var body = message.substring(end + 1);
        if (fields.length != FIELDS && fields.length != FIELDS + 1) {
            throw unreadable(message);
        }
        var trace = fields[4].isEmpty() ? null : fields[4];
        var lsn = fields.length == FIELDS ? null : Lsn.parse(fields[FIELDS]);
        return switch (fields[0]) {
            case "E" -> new Event(new Position(fields[1], Long.parseLong(fields[2])), fields[3], body, trace, lsn);
            case "R" -> new Repeat(fields[1], Long.parseLong(fields[2]), fields[3], body, trace, lsn);
            case "A" -> new Answered(fields[1], fields[2], body, trace);
            case "X" -> new Rejected(fields[1], fields[2], fields[3], body, trace);
            default -> throw unreadable(message);
        };
    }

    private static IllegalArgumentException unreadable(String message) {
        var shown = message.substring(0, Math.min(message.length(), 80));
        return new IllegalArgumentException(
                "message: " + shown + " (expected: E, R, A or X with five or six fields, then a line)");
    }
}
