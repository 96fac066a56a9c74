package dev.rookery.knative.load.drill.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Something that goes wrong.
///
/// @param target the process, where there are several that it may meet; empty otherwise
/// @param length how long it goes on; zero when it is over at once
/// @param jump   of a clock; zero where it is left alone
public record Fault(Kind kind, String target, Duration length, Duration jump) {

    public Fault(Kind kind, String target, Duration length) {
        this(kind, target, length, Duration.ZERO);
    }

    /// What may go wrong, and how often compared with the others.
    public enum Kind {
        /// SIGKILL of a process, which the platform starts again.
        KILL(10),
        /// SIGSTOP of a process, then SIGCONT: one that was away for longer than others waited for it, and goes
        /// on as if nothing had happened. The platform's own process is one of them: nothing is delivered
        /// meanwhile.
        HALT(10),
        /// Every session of the functions in PostgreSQL is ended by an administrator.
        END_SESSIONS(3),
        /// PostgreSQL stops at once, without a checkpoint.
        STOP_POSTGRES(2),
        /// Redis forgets everything: players' streams begin anew.
        FLUSH_REDIS(2),
        /// Somebody locks players in the wrong order: PostgreSQL ends one transaction of those that wait in a
        /// circle.
        DEADLOCK(4),
        /// The replica does not go on: what is read there is old.
        PAUSE_REPLAY(3),
        /// Nothing passes between players and a gateway; then everything does.
        HOLD_LINES(4),
        /// Connections between players and a gateway end.
        CUT_LINES(4),
        /// What either side sends is lost and neither is told, until the connections end.
        HALF_OPEN_LINES(4),
        /// Gateways are started again, one after the other, with goodbye.
        ROLL_GATEWAYS(1),
        /// SIGKILL of everything at once, as when the power goes; then all starts again on its disks.
        CRASH(1),
        /// The clock of a function jumps, back or ahead, and after a while to what it was. Until then the clocks of
        /// functions differ.
        JUMP_CLOCK(4),
        /// Nobody asks for anything until all functions are at zero; then everybody does.
        LULL(2),
        /// A function gets a new revision: for a moment two of it run, then the older one drains and ends.
        ROLL_FUNCTION(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }

        /// As it is written.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// @throws IllegalArgumentException when there is none of that name
        public static Kind of(String word) {
            for (var kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("fault: " + word + " (expected: one of "
                    + Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", ")) + ")");
        }
    }

    @Override
    public String toString() {
        var words = new StringBuilder(kind.word());
        if (!target.isEmpty()) {
            words.append(' ').append(target);
        }
        if (!jump.isZero()) {
            words.append(" by ").append(jump.toSeconds()).append(" s");
        }
        if (!length.isZero()) {
            words.append(" for ").append(length.toMillis()).append(" ms");
        }
        return words.toString();
    }
}
