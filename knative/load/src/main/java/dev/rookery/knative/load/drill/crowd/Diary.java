package dev.rookery.knative.load.drill.crowd;

import dev.rookery.knative.load.drill.crowd.Testimony.End;
import dev.rookery.knative.load.player.Observed;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import dev.rookery.knative.load.protocol.Welcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a player asked and was told, and what it knows by that. Safe for use by many threads.
final class Diary {

    /// Commands that may be sent again: the youngest.
    private static final int REMEMBERED = 40;

    private final Habit habit;
    private final Map<String, Testimony.Command> commands = new LinkedHashMap<>();
    private final Map<String, Event> told = new LinkedHashMap<>();
    private final List<String> changed = new ArrayList<>();
    private final Map<String, Testimony.Reuse> reuses = new LinkedHashMap<>();
    private final List<String> stale = new ArrayList<>();
    private final List<Asked> decided = new ArrayList<>();
    private @Nullable Instant beganAnew;
    private boolean isWelcome;
    private long available;
    private long staked;
    private long deposited;
    private long newestTransfer;
    private @Nullable String round;
    private List<Integer> revealed = List.of();

    Diary(Habit habit) {
        this.habit = habit;
    }

    synchronized Sight sight() {
        return new Sight(habit, commands.size(), available, round, revealed, staked, deposited, decided);
    }

    synchronized void asks(Asked asked) {
        commands.put(asked.id(), new Testimony.Command(asked, new End.None()));
    }

    /// From now on its id is somebody else's, or its answer is awaited again.
    synchronized void uses(String id) {
        decided.removeIf(asked -> asked.id().equals(id));
    }

    synchronized void ended(Asked asked, End end) {
        commands.put(asked.id(), new Testimony.Command(asked, end));
        if (end instanceof End.Told) {
            decided.add(asked);
            if (decided.size() > REMEMBERED) {
                decided.removeFirst();
            }
        }
    }

    synchronized void reused(Asked other, End end) {
        reuses.put(other.id(), new Testimony.Reuse(other, end));
    }

    synchronized void welcomed(Welcome welcome) {
        if (isWelcome && !welcome.resumed()) {
            beganAnew = Instant.now();
            newestTransfer = 0;
        }
        isWelcome = true;
    }

    synchronized void told(Event event) {
        var command = event.re();
        if (command == null) {
            return;
        }
        var first = told.putIfAbsent(command, event);
        if (first == null) {
            learn(event);
        } else if (!first.tellsTheSameAs(event)) {
            changed.add(command + ": " + event + " (expected: " + first + ")");
        }
    }

    /// The newest of the player's transfers of which it knows.
    synchronized long newestTransfer() {
        return newestTransfer;
    }

    synchronized void stale(String what) {
        stale.add(what);
    }

    synchronized int undecided() {
        return (int) (commands.values().stream()
                        .filter(command -> command.end() instanceof End.None)
                        .count()
                + reuses.values().stream()
                        .filter(reuse -> reuse.end() instanceof End.None)
                        .count());
    }

    synchronized Testimony testimony(String player, Observed observed) {
        return new Testimony(
                player,
                habit,
                List.copyOf(commands.values()),
                told,
                changed,
                List.copyOf(reuses.values()),
                stale,
                beganAnew,
                observed);
    }

    private void learn(Event event) {
        if (event.outcome() != Outcome.DONE) {
            return;
        }
        var data = event.data();
        switch (event.type()) {
            case "wallet.deposited" -> {
                deposited += data.path("amount").asLong();
                moved(data);
            }
            case "wallet.withdrawn" -> moved(data);
            case "rounds.opened" -> {
                available = data.path("available").asLong();
                round = data.path("round").asString();
                revealed = List.of();
            }
            case "rounds.moved" -> {
                available = data.path("available").asLong();
                if (Objects.equals(round, data.path("round").asString())) {
                    revealed = data.path("view")
                            .path("revealed")
                            .valueStream()
                            .map(JsonNode::asInt)
                            .toList();
                }
            }
            case "rounds.settled" -> {
                available = data.path("available").asLong();
                staked += data.path("stake").asLong();
                if (Objects.equals(round, data.path("round").asString())) {
                    round = null;
                    revealed = List.of();
                }
            }
            default -> {}
        }
    }

    private void moved(JsonNode data) {
        available = data.path("balance").asLong();
        newestTransfer =
                Math.max(newestTransfer, Long.parseLong(data.path("transfer").asString("0")));
    }
}
