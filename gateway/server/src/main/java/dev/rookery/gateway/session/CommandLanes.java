package dev.rookery.gateway.session;

import dev.rookery.gateway.ingress.Broker.Sent;
import dev.rookery.gateway.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps a player's commands with the same key in order: one is undecided at a time, the rest wait. Whoever is
/// next goes to Kafka only when the one before has its outcome, because beyond Kafka nothing keeps an order.
///
/// A command that is sent again while it is undecided goes at once: it can overtake nothing but itself. When
/// Kafka has not said whether it took a command, its lane is in doubt: no other command may pass, and nobody is
/// kept waiting for what may never come, until that same command is sent again or its outcome is heard. When Kafka
/// took it not, those that wait behind it are sent back with it, for their order is the one sent.
///
/// Confined to the player's home.
final class CommandLanes {

    /// Longer than a frame needs from almost any client: until then one that it sent before it knew is sent back.
    static final Duration RETRY_AFTER = Duration.ofMillis(400);

    private static final String NOT_TAKEN = "the broker takes no more for the moment";

    private final int limit;
    private final BiConsumer<Asked, Consumer<Sent>> sender;
    private final Map<String, Lane> byKey = new HashMap<>();
    private final Map<String, Lane> byHolder = new HashMap<>();
    private int pending;

    /// @param limit  commands that are undecided, waiting or on their way, all in all
    /// @param sender puts a command on Kafka and tells what is known of it, at the player's home
    CommandLanes(int limit, BiConsumer<Asked, Consumer<Sent>> sender) {
        this.limit = limit;
        this.sender = sender;
    }

    void submit(Asked command) {
        if (pending >= limit) {
            sendBack(command, ErrorCode.BUSY, "pending: " + pending + " (expected: less than " + limit + ")");
            return;
        }
        byKey.computeIfAbsent(command.fitting().key(), Lane::new).take(command);
    }

    /// The command has its outcome, or never will have: whoever waits behind it may go.
    void decided(String id) {
        var lane = byHolder.get(id);
        if (lane != null) {
            lane.release();
        }
    }

    /// A session's waiting commands go with it: its client sends them again over another.
    void leave(Asker session) {
        for (var lane : List.copyOf(byKey.values())) {
            lane.forget(session);
        }
    }

    int pending() {
        return pending;
    }

    private static void sendBack(Asked command, ErrorCode code, String why) {
        command.failed(code, why, RETRY_AFTER);
        command.asker().sentBack(command.id(), code, RETRY_AFTER);
    }

    /// The commands with one key.
    private final class Lane {

        private final String key;
        private final Deque<Asked> waiting = new ArrayDeque<>();
        private @Nullable Hold hold;

        Lane(String key) {
            this.key = key;
        }

        void take(Asked command) {
            if (hold == null) {
                if (!hold(command)) {
                    byKey.remove(key);
                }
            } else if (hold.first.id().equals(command.id())) {
                hold.repeats++;
                pending++;
                send(hold, command);
            } else if (hold.isStuck()) {
                failBehind(hold, command);
            } else {
                pending++;
                waiting.add(command);
            }
        }

        void release() {
            if (hold != null) {
                hold.first.answered();
                letGo(hold);
            }
        }

        void forget(Asker session) {
            pending -= waiting.size();
            waiting.removeIf(command -> command.asker().equals(session));
            pending += waiting.size();
            if (hold != null && session.equals(hold.owner)) {
                hold.owner = null;
                if (hold.isAbandoned()) {
                    letGo(hold);
                }
            }
        }

        /// False when the id is undecided in another lane: it stands for what was asked there. An outcome names
        /// its command by the id alone, so it could not be told whose it is.
        private boolean hold(Asked command) {
            if (byHolder.putIfAbsent(command.id(), this) != null) {
                command.failed(
                        ErrorCode.ID_REUSED, "id: " + command.id() + " stands for a command with another key", null);
                return false;
            }
            var begun = new Hold(command);
            hold = begun;
            pending++;
            send(begun, command);
            return true;
        }

        private void send(Hold under, Asked command) {
            under.onTheirWay++;
            under.owner = command.asker();
            sender.accept(command, sent -> sent(under, command, sent));
        }

        private void sent(Hold under, Asked command, Sent sent) {
            switch (sent) {
                case CONFIRMED -> command.accepted();
                case NOT_TAKEN -> sendBack(command, ErrorCode.BUSY, NOT_TAKEN);
                case UNKNOWN -> sendBack(command, ErrorCode.UNAVAILABLE, "the broker did not confirm in time");
            }
            if (hold != under) {
                return;
            }
            if (command != under.first) {
                under.repeats--;
                pending--;
            }
            under.ended(sent);
            if (under.isAbandoned()) {
                letGo(under);
            } else if (under.isStuck()) {
                takeWaiting().forEach(each -> failBehind(under, each));
            } else if (under.hasNoEffect()) {
                var behind = takeWaiting();
                letGo(under);
                behind.forEach(each -> sendBack(each, ErrorCode.BUSY, NOT_TAKEN));
            }
        }

        private List<Asked> takeWaiting() {
            var taken = List.copyOf(waiting);
            pending -= taken.size();
            waiting.clear();
            return taken;
        }

        private void letGo(Hold ended) {
            byHolder.remove(ended.first.id());
            // Nothing more is expected of what is still on its way.
            pending -= 1 + ended.repeats;
            hold = null;
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                pending--;
                if (hold(next)) {
                    return;
                }
            }
            byKey.remove(key);
        }

        private static void failBehind(Hold stuck, Asked command) {
            sendBack(
                    command,
                    ErrorCode.UNAVAILABLE,
                    "command " + stuck.first.id() + " with the same key has to be sent again first");
        }
    }

    /// One undecided command: all that is known of its sendings.
    private static final class Hold {

        private final Asked first;
        /// Who sent it last and could send it again; null when that one has left.
        private @Nullable Asker owner;
        private int repeats;
        private int onTheirWay;
        private boolean isDurable;
        private boolean isInDoubt;

        Hold(Asked first) {
            this.first = first;
        }

        void ended(Sent sent) {
            onTheirWay--;
            isDurable |= sent == Sent.CONFIRMED;
            isInDoubt |= sent == Sent.UNKNOWN;
        }

        boolean isStuck() {
            return onTheirWay == 0 && !isDurable && isInDoubt;
        }

        /// In doubt for good, and with nobody there who could end that: nobody else could ever go on.
        boolean isAbandoned() {
            return isStuck() && owner == null;
        }

        boolean hasNoEffect() {
            return onTheirWay == 0 && !isDurable && !isInDoubt;
        }
    }
}
