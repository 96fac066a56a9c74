package dev.rookery.knative.local.dispatch;

import io.cloudevents.CloudEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The last deliveries, for people who ask what became of one: when it was taken from Kafka, and how its tries ended.
/// Those that were not heard of for longest give way to new ones, so one that is not here may have been.
///
/// Safe for use by many threads.
public final class RecentDeliveries {

    static final int MAX_DELIVERIES = 5_000;
    /// Of one delivery; later ones take the place of the last.
    static final int MAX_TRIES = 20;

    private static final int MAX_WHY_LENGTH = 300;

    /// Whatever is heard of one makes it the newest: what is tried again and again stays.
    private final Map<Name, Delivery> deliveries = new LinkedHashMap<>(16, 0.75f, true);

    record Name(String topic, String source, String id) {}

    /// @param place of its record, `topic-partition@offset`
    /// @param taken when it was first taken from there
    public record Delivery(String place, Instant taken, List<Try> tries) {

        public Delivery {
            tries = List.copyOf(tries);
        }

        private Delivery with(Try next) {
            var all = new ArrayList<>(tries.size() < MAX_TRIES ? tries : tries.subList(0, MAX_TRIES - 1));
            all.add(next);
            return new Delivery(place, taken, all);
        }
    }

    /// @param answered when the answer came, or it was sure that none would
    /// @param why      it was not taken; null when it was
    public record Try(Instant answered, @Nullable String why) {}

    /// A record that is taken again, after a restart of its consumer, goes on where it was.
    synchronized Name taken(ConsumerRecord<?, ?> record, CloudEvent event) {
        var name = new Name(record.topic(), event.getSource().toString(), event.getId());
        var place = record.topic() + "-" + record.partition() + "@" + record.offset();
        deliveries.putIfAbsent(name, new Delivery(place, Instant.now(), List.of()));
        if (deliveries.size() > MAX_DELIVERIES) {
            deliveries.remove(deliveries.keySet().iterator().next());
        }
        return name;
    }

    synchronized void tried(Name name, Reply reply) {
        var why = switch (reply) {
            case Reply.Taken() -> null;
            case Reply.Later(var status, var said) -> why(status, said);
            case Reply.Refused(var status, var said) -> why(status, said);
        };
        deliveries.computeIfPresent(name, (_, delivery) -> delivery.with(new Try(Instant.now(), why)));
    }

    private static String why(int status, String said) {
        var why = status + " " + said;
        return why.length() <= MAX_WHY_LENGTH ? why : why.substring(0, MAX_WHY_LENGTH) + "…";
    }

    /// @param source of the event, such as `/players/p-7`
    public synchronized Optional<Delivery> find(String topic, String source, String id) {
        return Optional.ofNullable(deliveries.get(new Name(topic, source, id)));
    }

    /// The sources that have delivered an event of an id from a topic.
    public synchronized List<String> sources(String topic, String id) {
        return deliveries.keySet().stream()
                .filter(name -> name.topic().equals(topic) && name.id().equals(id))
                .map(Name::source)
                .toList();
    }
}
