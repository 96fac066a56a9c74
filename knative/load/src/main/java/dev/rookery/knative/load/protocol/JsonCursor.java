package dev.rookery.knative.load.protocol;

import java.nio.charset.StandardCharsets;

/// Walks over JSON where it lies, one value at a time, and makes nothing of it that is not asked for.
final class JsonCursor {

    private byte[] bytes = {};
    private int position;
    private int end;
    private int textFrom;
    private int textTo;

    /// Where a text lies, as it stands between its quotes.
    static final class Slice {
        private int from;
        private int to;

        void clear() {
            from = to = 0;
        }
    }

    void begin(byte[] json, int from, int to) {
        bytes = json;
        position = from;
        end = to;
    }

    /// Whether the last text that was read is this one.
    boolean is(String name) {
        if (textTo - textFrom != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[textFrom + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    String text(Slice slice) {
        return new String(bytes, slice.from, slice.to - slice.from, StandardCharsets.UTF_8);
    }

    /// The next value when it is a text; anything else is skipped.
    void keep(Slice slice) throws BadFrameException {
        if (next() == '"') {
            string();
            slice.from = textFrom;
            slice.to = textTo;
        } else {
            skip();
        }
    }

    /// The next byte that is no white space; 0 at the end.
    int next() {
        while (position < end) {
            int next = bytes[position];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            position++;
        }
        return 0;
    }

    void expect(char due) throws BadFrameException {
        if (next() != due) {
            throw bad("'" + due + "' is missing");
        }
        position++;
    }

    /// @return whether another member follows, and not the end
    boolean more(char last) throws BadFrameException {
        if (next() == ',') {
            position++;
            return true;
        }
        expect(last);
        return false;
    }

    /// What is between the quotes, as it stands.
    void string() throws BadFrameException {
        expect('"');
        textFrom = position;
        while (position < end && bytes[position] != '"') {
            position += bytes[position] == '\\' ? 2 : 1;
        }
        if (position >= end) {
            throw bad("a text does not end");
        }
        textTo = position++;
    }

    /// A number that is not whole, or another value, is [FrameScan#NONE].
    long wholeNumber() throws BadFrameException {
        next();
        int from = position;
        boolean negative = position < end && bytes[position] == '-';
        if (negative) {
            position++;
        }
        long value = 0;
        int digits = 0;
        while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
            value = value * 10 + bytes[position++] - '0';
            digits++;
        }
        int behind = next();
        if (digits == 0 || digits > 18 || (behind != ',' && behind != '}')) {
            position = from;
            skip();
            return FrameScan.NONE;
        }
        return negative ? -value : value;
    }

    boolean flag() throws BadFrameException {
        boolean value = next() == 't';
        skip();
        return value;
    }

    void skip() throws BadFrameException {
        int depth = 0;
        do {
            switch (next()) {
                case '"' -> string();
                case '{', '[' -> {
                    depth++;
                    position++;
                }
                case '}', ']' -> {
                    depth--;
                    position++;
                }
                case ',', ':' -> position++;
                default -> literal();
            }
        } while (depth > 0);
        if (depth < 0) {
            throw bad("a value is missing");
        }
    }

    private void literal() throws BadFrameException {
        int from = position;
        while (position < end && (Character.isLetterOrDigit(bytes[position]) || "+-.".indexOf(bytes[position]) >= 0)) {
            position++;
        }
        if (position == from) {
            throw bad("a value is missing");
        }
    }

    BadFrameException bad(String what) {
        int shown = Math.min(end, position + 40);
        int from = Math.clamp(position - 80L, 0, shown);
        return new BadFrameException(
                "frame: " + what + " near " + new String(bytes, from, shown - from, StandardCharsets.UTF_8)
                        + " (expected: a JSON object with an op)");
    }
}
