package dev.rookery.knative.load.protocol;

import dev.rookery.knative.load.protocol.JsonCursor.Slice;
import java.util.Locale;

/// Reads of a server's frame only what a player counts and checks, at a fraction of the cost of reading all of it:
/// a load generator reads a million frames a second, mostly casts.
///
/// One scan is used again and again by one thread; its fields are those of the last frame that was read. Numbers
/// that a frame does not have are [#NONE], texts are empty. Of `data`, whatever it is, only the whole numbers `at`,
/// `n` and `s` on its first level are known: with them the casts of this program tell their age and their place.
public final class FrameScan {

    public static final long NONE = Long.MIN_VALUE;

    /// What a frame is; everything of which nothing depends is OTHER.
    public enum Op {
        WELCOME,
        ACCEPTED,
        EVENT,
        ERROR,
        JOINED,
        CAST,
        PRESENCE,
        PONG,
        DRAIN,
        OTHER;

        private final String word = name().toLowerCase(Locale.ROOT);
    }

    private final JsonCursor json = new JsonCursor();
    private Op op = Op.OTHER;
    private long seq;
    private long at;
    private long number;
    private long slot;
    private long millis;
    private boolean hasRoom;
    private boolean repeat;
    private boolean resumed;
    private boolean retryable;
    private final Slice epoch = new Slice();
    private final Slice re = new Slice();
    private final Slice outcome = new Slice();
    private final Slice code = new Slice();

    /// @throws BadFrameException when it is no JSON object with a text `op`
    public void read(byte[] frame, int from, int to) throws BadFrameException {
        begin(frame, from, to);
        boolean hasOp = false;
        json.expect('{');
        if (json.next() == '}') {
            throw json.bad("no op");
        }
        do {
            json.string();
            json.expect(':');
            hasOp |= field();
        } while (json.more('}'));
        if (json.next() != 0 || !hasOp) {
            throw json.bad(hasOp ? "more behind it" : "no op");
        }
    }

    public Op op() {
        return op;
    }

    /// Of an event, a welcome or a joined.
    public long seq() {
        return seq;
    }

    /// Of a pong, or in a cast's data.
    public long at() {
        return at;
    }

    /// `n` in a cast's data.
    public long number() {
        return number;
    }

    /// `s` in a cast's data.
    public long slot() {
        return slot;
    }

    /// `retryAfterMillis` of an error, `reconnectInMillis` of a drain.
    public long millis() {
        return millis;
    }

    /// Whether it is of a room.
    public boolean hasRoom() {
        return hasRoom;
    }

    public boolean repeat() {
        return repeat;
    }

    public boolean resumed() {
        return resumed;
    }

    public boolean retryable() {
        return retryable;
    }

    public String epoch() {
        return json.text(epoch);
    }

    public String re() {
        return json.text(re);
    }

    public String outcome() {
        return json.text(outcome);
    }

    public String code() {
        return json.text(code);
    }

    private void begin(byte[] frame, int from, int to) {
        json.begin(frame, from, to);
        op = Op.OTHER;
        seq = at = number = slot = millis = NONE;
        hasRoom = repeat = resumed = retryable = false;
        epoch.clear();
        re.clear();
        outcome.clear();
        code.clear();
    }

    /// @return whether it was the op
    private boolean field() throws BadFrameException {
        if (json.is("op")) {
            json.string();
            op = named();
            return true;
        }
        if (json.is("seq")) {
            seq = json.wholeNumber();
        } else if (json.is("room")) {
            json.string();
            hasRoom = true;
        } else if (json.is("data") && json.next() == '{') {
            data();
        } else if (json.is("at")) {
            at = json.wholeNumber();
        } else if (json.is("re")) {
            json.keep(re);
        } else if (json.is("epoch")) {
            json.keep(epoch);
        } else if (json.is("outcome")) {
            json.keep(outcome);
        } else if (json.is("code")) {
            json.keep(code);
        } else if (json.is("retryAfterMillis") || json.is("reconnectInMillis")) {
            millis = json.wholeNumber();
        } else if (json.is("repeat")) {
            repeat = json.flag();
        } else if (json.is("resumed")) {
            resumed = json.flag();
        } else if (json.is("retryable")) {
            retryable = json.flag();
        } else {
            json.skip();
        }
        return false;
    }

    private void data() throws BadFrameException {
        json.expect('{');
        if (json.next() == '}') {
            json.expect('}');
            return;
        }
        do {
            json.string();
            json.expect(':');
            boolean isNumber = json.next() == '-' || (json.next() >= '0' && json.next() <= '9');
            if (!isNumber) {
                json.skip();
            } else if (json.is("at")) {
                at = json.wholeNumber();
            } else if (json.is("n")) {
                number = json.wholeNumber();
            } else if (json.is("s")) {
                slot = json.wholeNumber();
            } else {
                json.skip();
            }
        } while (json.more('}'));
    }

    private Op named() {
        if (json.is("cast")) {
            return Op.CAST;
        }
        if (json.is("event")) {
            return Op.EVENT;
        }
        for (var each : Op.values()) {
            if (json.is(each.word)) {
                return each;
            }
        }
        return Op.OTHER;
    }
}
