package dev.rookery.knative.local.ops;

import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.local.dispatch.RecentDeliveries;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds a command wherever it has left a trace: in its topic, with the dispatcher, in its function's inbox, on the
/// ledger, in the player's stream. Nothing is sampled, and nothing has to be switched on before: these are the records
/// that the platform works with.
final class Trips {

    private final Operated.Backing backing;
    private final List<String> functions;

    Trips(Operated.Backing backing) {
        this.backing = backing;
        this.functions = List.copyOf(functions(backing));
    }

    /// Those that take commands.
    static Set<String> functions(Operated.Backing backing) {
        var functions = new TreeSet<String>();
        backing.catalog().entries().forEach((type, entry) -> {
            if (entry.lane() == Lane.COMMAND) {
                functions.add(type.function());
            }
        });
        return functions;
    }

    /// @param name a command's id, or `player/id`
    /// @throws IllegalArgumentException when none or several have it; the message is for people
    /// @throws IllegalStateException    when PostgreSQL or Kafka do not answer
    Trip find(String name) {
        var known = known(name);
        var decided = known.decided();
        var records = known.record() != null
                ? Optional.of(known.record())
                : record(known.function(), known.player(), known.id(), decided == null ? null : decided.at());
        var hops = new ArrayList<Trip.Hop>();
        records.ifPresent(record -> {
            record.accepted().ifPresent(at -> hops.add(new Trip.Hop(at, "gateway", "takes the command", "")));
            hops.add(new Trip.Hop(record.stored(), "kafka", "has it for sure", record.place()));
        });
        var delivery = backing.recent()
                .find(Topics.commands(known.function()), known.player().source(), known.id());
        delivery.ifPresent(each -> hops.addAll(taken(each)));
        if (decided != null) {
            hops.addAll(decided.hops());
            held(known.player(), decided.eventId()).ifPresent(hops::add);
        }
        delivery.flatMap(Trips::done).ifPresent(hops::add);
        return new Trip(
                known.player().value(),
                known.id(),
                decided == null
                        ? records.map(record -> record.event().getType()).orElse("")
                        : decided.type(),
                records.map(record -> record.event().getSubject()).orElse(null),
                known.function(),
                records.map(CommandRecords.Found::trace).orElse(decided == null ? null : decided.trace()),
                decided == null ? null : decided.ending(),
                hops);
    }

    /// @param decided null while it is not
    /// @param record  null when it was not looked for yet
    private record Known(
            PlayerId player,
            String id,
            String function,
            @Nullable Decided decided,
            CommandRecords.@Nullable Found record) {}

    private Optional<CommandRecords.Found> record(
            String function, PlayerId player, String id, @Nullable Instant decided) {
        return new CommandRecords(backing.kafka()).find(Topics.commands(function), player, id, decided);
    }

    private Known known(String name) {
        int slash = name.lastIndexOf('/');
        var player = slash < 0 ? null : new PlayerId(name.substring(0, slash));
        var id = name.substring(slash + 1);
        var found = new ArrayList<Known>();
        try (var inboxes = Inboxes.open(backing.primary())) {
            for (var function : functions) {
                inboxes.find(function, player, id)
                        .forEach(decided -> found.add(new Known(decided.player(), id, function, decided, null)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    name + ": cannot be looked for: " + e.getMessage()
                            + (player == null ? " (PLAYER/ID is found faster)" : ""),
                    e);
        }
        if (found.isEmpty()) {
            found.addAll(undecided(player, id));
        }
        if (found.isEmpty() && player != null) {
            found.addAll(waiting(player, id));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "command: " + name + " is of none (expected: the id of one that a function has decided, or that"
                            + " was delivered a short while ago; PLAYER/ID is looked for in Kafka too)");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("command: " + name + " is of several (expected: one of "
                    + String.join(
                            ", ",
                            found.stream().map(each -> each.player() + "/" + id).toList())
                    + ")");
        }
        return found.getFirst();
    }

    private List<Known> undecided(@Nullable PlayerId player, String id) {
        var found = new ArrayList<Known>();
        for (var function : functions) {
            for (var source : backing.recent().sources(Topics.commands(function), id)) {
                var sender = sender(source);
                if (sender != null && (player == null || player.equals(sender))) {
                    found.add(new Known(sender, id, function, null, null));
                }
            }
        }
        return found;
    }

    /// Those that no delivery was begun of.
    private List<Known> waiting(PlayerId player, String id) {
        var found = new ArrayList<Known>();
        for (var function : functions) {
            record(function, player, id, null)
                    .ifPresent(record -> found.add(new Known(player, id, function, null, record)));
        }
        return found;
    }

    /// Null when no player sent it.
    private static @Nullable PlayerId sender(String source) {
        try {
            return PlayerId.fromSource(source);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<Trip.Hop> taken(RecentDeliveries.Delivery delivery) {
        var hops = new ArrayList<Trip.Hop>();
        hops.add(new Trip.Hop(delivery.taken(), "dispatcher", "takes it to its function", delivery.place()));
        delivery.tries().stream()
                .filter(each -> each.why() != null)
                .map(each -> new Trip.Hop(
                        each.answered(), "dispatcher", "is told to come again", Objects.requireNonNull(each.why())))
                .forEach(hops::add);
        return hops;
    }

    private static Optional<Trip.Hop> done(RecentDeliveries.Delivery delivery) {
        int tries = delivery.tries().size();
        return delivery.tries().stream()
                .filter(each -> each.why() == null)
                .map(each -> new Trip.Hop(
                        each.answered(), "dispatcher", "knows that it is done", tries == 1 ? "" : tries + " tries"))
                .findFirst();
    }

    private Optional<Trip.Hop> held(PlayerId player, String eventId) {
        return PlayerEvents.find(backing.redis(), player, eventId)
                .map(held -> new Trip.Hop(held.at(), "redis", "has the answer for the player", "event " + held.seq()));
    }
}
