package dev.rookery.knative.load.ceiling;

import dev.rookery.knative.load.measure.ClosedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Records produced and acknowledged by all replicas, into a topic of its own, which is deleted again. The
/// producer is set as the gateway's is. On one machine the broker flushes every record to disk.
final class KafkaCeiling {

    /// About what a command weighs as a CloudEvent.
    private static final byte[] RECORD = new byte[600];
    /// As many as a function's topic of commands has there.
    private static final String MODEL = "rookery.wallet.commands";

    private final String bootstrap;
    private final Duration length;

    KafkaCeiling(String bootstrap, Duration length) {
        this.bootstrap = bootstrap;
        this.length = length;
    }

    Ceiling measure(int inFlight) {
        var topic = "rookery.bench." + UUID.randomUUID();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            int partitions = partitions(admin);
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
            try {
                return new Ceiling("Kafka produce, acks=all", inFlight, speed(topic, partitions, inFlight));
            } finally {
                admin.deleteTopics(List.of(topic)).all().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka cannot be measured at " + bootstrap, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka is measured", e);
        }
    }

    private ClosedLoop.Speed speed(String topic, int partitions, int inFlight)
            throws InterruptedException, ExecutionException {
        try (var producer = producer()) {
            touch(producer, topic, partitions);
            var asks = new ArrayList<ClosedLoop.Ask>();
            for (int i = 0; i < inFlight; i++) {
                int partition = i % partitions;
                asks.add(() -> producer.send(new ProducerRecord<>(topic, partition, null, RECORD))
                        .get());
            }
            return new ClosedLoop(length).run(asks);
        }
    }

    /// One record in every partition, one after the other. In a topic that was just created the first of several
    /// that are in flight may be turned away and the second taken; the broker then knows the producer by the
    /// second, and refuses the first for ever.
    private static void touch(Producer<byte[], byte[]> producer, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        for (int partition = 0; partition < partitions; partition++) {
            producer.send(new ProducerRecord<>(topic, partition, null, RECORD)).get();
        }
    }

    private static int partitions(Admin admin) throws InterruptedException, ExecutionException {
        var described = admin.describeTopics(List.of(MODEL)).allTopicNames().get();
        return described.values().iterator().next().partitions().size();
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
