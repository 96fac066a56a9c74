package dev.rookery.eventing.stream;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import org.jspecify.annotations.Nullable;

/// What is published on a room's channel, by functions and by the gateways that have members in it.
///
/// On the wire: one line of fields between tabs, the first of which names the kind, then the body, which is never
/// parsed on the way.
///
/// | kind | fields | body |
/// |---|---|---|
/// | `E` event | epoch, seq, an empty one, traceparent | the event |
/// | `V` revoked | player | |
/// | `C` cast | gateway, traceparent | the frame |
/// | `M` changed | version, `1` joined or `0` left, member, player | |
public sealed interface RoomMessage {

    /// The message on the wire; [#parse] reads it.
    String text();

    /// A new event of the room's stream, for every member. Published by the script that appends it.
    ///
    /// @param position    the event's own place
    /// @param event       JSON object without `op`, `room`, `epoch` and `seq`
    /// @param traceparent trace context in which it was sent; null when nothing is traced
    record Event(Position position, String event, @Nullable String traceparent) implements RoomMessage {

        @Override
        public String text() {
            return line("E", position.epoch(), Long.toString(position.seq()), "", orEmpty(traceparent)) + event;
        }
    }

    /// A player may join no longer, and has to leave.
    record Revoked(PlayerId player) implements RoomMessage {

        @Override
        public String text() {
            return line("V", player.value());
        }
    }

    /// One member's cast, for every other.
    ///
    /// @param gateway     who published it, and has given it to its own members
    /// @param body        the frame as members are sent it, JSON
    /// @param traceparent trace context in which it was sent; null when nothing is traced
    record Cast(String gateway, String body, @Nullable String traceparent) implements RoomMessage {

        public Cast {
            checkField("gateway", gateway);
        }

        @Override
        public String text() {
            return line("C", gateway, orEmpty(traceparent)) + body;
        }
    }

    /// Somebody joined or left.
    ///
    /// @param version numbers the room's membership: one more than that of the change before
    /// @param joined  whether the member is in the room now
    /// @param member  names one session's membership
    /// @param player  whose session it is
    record Changed(long version, boolean joined, String member, PlayerId player) implements RoomMessage {

        public Changed {
            checkField("member", member);
        }

        @Override
        public String text() {
            return line("M", Long.toString(version), joined ? "1" : "0", member, player.value());
        }
    }

    /// @throws IllegalArgumentException when it is no message of ours
    static RoomMessage parse(String message) {
        int end = message.indexOf('\n');
        if (end < 0) {
            throw unreadable(message);
        }
        var fields = message.substring(0, end).split("\t", -1);
        var body = message.substring(end + 1);
        return switch (fields[0] + fields.length) {
            case "E5" -> new Event(new Position(fields[1], Long.parseLong(fields[2])), body, nullWhenEmpty(fields[4]));
            case "V2" -> new Revoked(new PlayerId(fields[1]));
            case "C3" -> new Cast(fields[1], body, nullWhenEmpty(fields[2]));
            case "M5" ->
                new Changed(Long.parseLong(fields[1]), fields[2].equals("1"), fields[3], new PlayerId(fields[4]));
            default -> throw unreadable(message);
        };
    }

    private static String line(String... fields) {
        return String.join("\t", fields) + "\n";
    }

    private static String orEmpty(@Nullable String field) {
        return field == null ? "" : field;
    }

    private static @Nullable String nullWhenEmpty(String field) {
        return field.isEmpty() ? null : field;
    }

    private static void checkField(String what, String value) {
        if (value.indexOf('\t') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: no tab and no line end)");
        }
    }

    private static IllegalArgumentException unreadable(String message) {
        var shown = message.substring(0, Math.min(message.length(), 80));
        return new IllegalArgumentException(
                "message: " + shown + " (expected: E, V, C or M with its fields, then a line end and the body)");
    }
}
