package dev.rookery.knative.local.letters;

import dev.rookery.eventing.cloudevents.EventRecords;
import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.cloudevents.TraceHeaders;
import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.Request;
import dev.rookery.knative.local.letters.Letter.Named;
import dev.rookery.knative.local.letters.Outcomes.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The dead letters of a platform, as they were when it was opened.
///
/// The topic says which there are, because it also has those that never reached a function. How they stand is what
/// the functions have recorded, because that alone is sure. A letter that was written twice counts once, and the
/// letter of a replay stands with that of the command.
public final class LetterBox {

    private final String bootstrap;
    private final Catalog catalog;
    private final List<Letter> letters;
    private final Map<Named, Letter> originals;
    private final Map<Named, Recorded> recorded;

    private LetterBox(
            String bootstrap,
            Catalog catalog,
            List<Letter> letters,
            Map<Named, Letter> originals,
            Map<Named, Recorded> recorded) {
        this.bootstrap = bootstrap;
        this.catalog = catalog;
        this.letters = letters;
        this.originals = originals;
        this.recorded = recorded;
    }

    /// @param bootstrap Kafka's servers
    public static LetterBox open(String bootstrap, Catalog catalog, Outcomes outcomes) {
        var byName = new LinkedHashMap<Named, Letter>();
        LetterTopic.read(bootstrap).forEach(letter -> byName.put(letter.named(), letter));
        var originals = new HashMap<Named, Letter>();
        byName.values().forEach(letter -> replays(letter).forEach(replay -> originals.put(replay, letter)));
        return new LetterBox(
                bootstrap,
                catalog,
                List.copyOf(byName.values()),
                originals,
                recorded(catalog, outcomes, byName.values()));
    }

    private static Map<Named, Recorded> recorded(Catalog catalog, Outcomes outcomes, Collection<Letter> letters) {
        var commands = new HashMap<String, List<Named>>();
        for (var letter : letters) {
            command(catalog, letter).ifPresent(entry -> {
                var known = commands.computeIfAbsent(entry.type().function(), function -> new ArrayList<>());
                known.add(letter.named());
                known.addAll(replays(letter));
            });
        }
        var recorded = new HashMap<Named, Recorded>();
        commands.forEach((function, known) -> recorded.putAll(outcomes.of(function, known)));
        return recorded;
    }

    /// Oldest first, without the letters of replays.
    public List<Filed> list() {
        return letters.stream()
                .filter(letter -> !originals.containsKey(letter.named()))
                .map(this::filed)
                .toList();
    }

    /// @param name an id, or `player/id`
    /// @throws IllegalArgumentException when none or several have the name
    public Filed show(String name) {
        return filed(find(name));
    }

    /// Gives a command to its function again, under an id of its own: the outcome of the first one stays.
    ///
    /// @param name an id, or `player/id`
    /// @return the id that it is given again by
    /// @throws IllegalArgumentException when none or several have the name, or it is not one to be replayed
    public String replay(String name) {
        var found = find(name);
        var letter = originals.getOrDefault(found.named(), found);
        var entry = command(catalog, letter);
        var id = switch (state(letter)) {
            case State.Undeliverable() ->
                throw new IllegalArgumentException(name + ": " + letter.event().getType() + " of " + letter.source()
                        + " (expected: a player's command, of a type that the catalog lists)");
            case State.Undecided() -> letter.id();
            case State.Failed(var replays) when replays < Replays.MAX -> Replays.id(letter.id(), replays + 1);
            case State.Failed(var replays) ->
                throw new IllegalArgumentException(
                        name + ": failed " + replays + " replays (expected: fewer; mend the defect, and send it anew)");
            case State.Ended(var ending, var replays) ->
                throw new IllegalArgumentException(
                        name + ": ended " + ending + (replays == 0 ? "" : " by its replay " + replays)
                                + " (expected: failed, or without an outcome)");
        };
        send(letter, entry.orElseThrow().topic(), id);
        return id;
    }

    private Letter find(String name) {
        var found = letters.stream()
                .filter(letter -> letter.id().equals(name) || letter.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "id: " + name + " is of no dead letter (expected: one that ./rookery dead-letters list shows)");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("id: " + name + " is of several (expected: one of "
                    + found.stream().map(Letter::name).collect(Collectors.joining(", ")) + ")");
        }
        return found.getFirst();
    }

    private Filed filed(Letter letter) {
        var known = recorded(letter.named());
        return new Filed(
                command(catalog, letter).map(entry -> entry.type().function()).orElse(""),
                letter.source(),
                letter.id(),
                letter.event().getType(),
                letter.key(),
                letter.when(),
                letter.status(),
                known.reason().isEmpty() ? letter.reason() : known.reason(),
                known.tries(),
                state(letter).text(),
                letter.headers(),
                letter.data());
    }

    private State state(Letter letter) {
        if (command(catalog, letter).isEmpty()) {
            return new State.Undeliverable();
        }
        return State.of(
                recorded(letter.named()),
                replays(letter).stream().map(this::recorded).toList());
    }

    private Recorded recorded(Named command) {
        return recorded.getOrDefault(command, Recorded.NOTHING);
    }

    private static List<Named> replays(Letter letter) {
        return Replays.ids(letter.id()).stream()
                .map(id -> new Named(letter.source(), id))
                .toList();
    }

    /// The catalog's entry, when it is a player's command.
    private static Optional<Catalog.Entry> command(Catalog catalog, Letter letter) {
        try {
            var request = RequestEvents.read(letter.event(), letter.when());
            return catalog.find(request.type()).filter(entry -> entry.lane() == Lane.COMMAND);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Durable when this returns. It comes from no connection: whoever sent the first one has had its answer.
    private void send(Letter letter, String topic, String id) {
        var first = RequestEvents.read(letter.event(), letter.when());
        var again = new Request(first.player(), id, first.type(), first.key(), Instant.now(), null);
        var data = letter.event().getData();
        var event = RequestEvents.write(again, data == null ? new byte[0] : data.toBytes(), TraceHeaders.NONE);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(EventRecords.write(topic, event)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(id + " may not have been sent: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(id + " may not be sent: interrupted", e);
        }
    }
}
