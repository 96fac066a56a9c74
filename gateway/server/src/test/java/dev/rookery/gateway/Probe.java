package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.cloudevents.RequestEvents;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import dev.rookery.eventing.contract.Topics;
import dev.rookery.eventing.stream.Appended;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.StreamSettings;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.lettuce.core.KillArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// A function without a platform: takes what the gateway put on Kafka and answers through the player's stream,
/// but only when the test says so. What it decided once it never decides otherwise.
final class Probe implements AutoCloseable {

    private final StatefulRedisConnection<String, String> redis;
    private final PlayerStreams streams;
    private final Map<PlayerId, BlockingQueue<Delivered>> delivered = new ConcurrentHashMap<>();
    private final Map<String, Outcome.Recorded> inbox = new ConcurrentHashMap<>();
    private final Thread polling;
    private volatile boolean closed;

    Probe(String bootstrap, StatefulRedisConnection<String, String> redis) {
        this.redis = redis;
        this.streams = new PlayerStreams(redis, StreamSettings.DEFAULT);
        this.polling = Thread.ofPlatform().name("probe").daemon().start(() -> poll(bootstrap));
    }

    /// What came of a player's request.
    record Delivered(Request request, ConsumerRecord<String, byte[]> kafka) {

        String id() {
            return request.id();
        }

        Sending sending() {
            return Objects.requireNonNull(request.sending());
        }

        String data() {
            return new String(kafka.value(), StandardCharsets.UTF_8);
        }

        @Nullable
        String header(String name) {
            var header = kafka.headers().lastHeader(name);
            return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
        }
    }

    /// The player's next request, in the order of its topic.
    Delivered next(PlayerId player) {
        try {
            var next = of(player).poll(60, TimeUnit.SECONDS);
            assertThat(next).as("a request of %s within 60 s", player).isNotNull();
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Does what is asked, or did it before: the player is told.
    Appended decide(Delivered delivered) {
        return decide(delivered, null);
    }

    /// @param lsn what it tells was committed before it; null when that is not known
    Appended decide(Delivered delivered, @Nullable Lsn lsn) {
        var key = delivered.request().player().source() + " " + delivered.id();
        var outcome = outcome(delivered);
        var earlier = inbox.putIfAbsent(key, outcome);
        return append(
                delivered.request().player(),
                delivered.id(),
                earlier == null ? outcome : again(earlier),
                delivered.sending(),
                lsn);
    }

    /// The player's next request, decided.
    Delivered decideNext(PlayerId player) {
        var next = next(player);
        decide(next);
        return next;
    }

    void reject(Delivered delivered, String code) {
        streams.reject(delivered.request().player(), delivered.sending(), delivered.id(), code, "taken", null)
                .toCompletableFuture()
                .join();
    }

    void answer(Delivered query, String data) {
        streams.answer(
                        query.request().player(),
                        query.sending().session(),
                        query.id(),
                        "{\"outcome\":\"done\",\"data\":" + data + "}",
                        null)
                .toCompletableFuture()
                .join();
    }

    /// Tells the player so many things that nobody asked for.
    void push(PlayerId player, int events, String data) {
        IntStream.range(0, events)
                .mapToObj(_ -> streams.append(player, "", pushed(data), null, null, null)
                        .toCompletableFuture())
                .toList()
                .forEach(appended -> appended.join());
    }

    /// Cuts off everybody who listens and pushes, in one transaction: nobody is back before it is published.
    void pushWhileNobodyListens(PlayerId player, int events) {
        whileNobodyListens(() ->
                IntStream.range(0, events).forEach(_ -> streams.append(player, "", pushed("{}"), null, null, null)));
    }

    void decideWhileNobodyListens(Delivered delivered) {
        whileNobodyListens(() -> streams.append(
                delivered.request().player(), delivered.id(), outcome(delivered), delivered.sending(), null, null));
    }

    /// Where the player's stream is.
    Position position(PlayerId player) {
        return streams.open(player, null).toCompletableFuture().join().position();
    }

    @Override
    public void close() {
        closed = true;
        try {
            polling.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param what calls scripts that the server knows already: within a transaction none can be sent
    void whileNobodyListens(Runnable what) {
        var transaction = redis.async();
        transaction.multi();
        transaction.clientKill(KillArgs.Builder.typePubsub());
        what.run();
        assertThat(transaction.exec().toCompletableFuture().join().wasDiscarded())
                .isFalse();
    }

    private Appended append(PlayerId player, String re, Outcome.Recorded outcome, Sending sending, @Nullable Lsn lsn) {
        return streams.append(player, re, outcome, sending, null, lsn)
                .toCompletableFuture()
                .join();
    }

    private static Outcome.Recorded outcome(Delivered delivered) {
        var event =
                "{\"id\":\"e-%s\",\"type\":\"probe.acted\",\"re\":\"%s\",\"outcome\":\"done\",\"time\":\"%s\",\"data\":%s}"
                        .formatted(delivered.id(), delivered.id(), Instant.EPOCH, delivered.data());
        return new Outcome.Recorded("e-" + delivered.id(), Ending.DONE, event, List.of(), delivered.sending(), false);
    }

    private static Outcome.Recorded again(Outcome.Recorded first) {
        return new Outcome.Recorded(first.eventId(), first.ending(), first.event(), first.facts(), first.first(), true);
    }

    private static Outcome.Recorded pushed(String data) {
        var id = "e-" + UUID.randomUUID();
        var event = "{\"id\":\"%s\",\"type\":\"probe.happened\",\"time\":\"%s\",\"data\":%s}"
                .formatted(id, Instant.EPOCH, data);
        return new Outcome.Recorded(id, Ending.DONE, event, List.of(), null, false);
    }

    private BlockingQueue<Delivered> of(PlayerId player) {
        return delivered.computeIfAbsent(player, _ -> new LinkedBlockingQueue<>());
    }

    private void poll(String bootstrap) {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "reconnect.backoff.max.ms",
                        200,
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var topics = List.of(
                    new TopicPartition(Topics.commands("probe"), 0), new TopicPartition(Topics.queries("probe"), 0));
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            while (!closed) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::take);
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        var event = KafkaMessageFactory.createReader(record).toEvent();
        var request = RequestEvents.read(event, Instant.EPOCH);
        of(request.player()).add(new Delivered(request, record));
    }
}
