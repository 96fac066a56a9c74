package dev.rookery.functions.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Ports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SealTopicTest {

    private static final SignedSeal ONE = new SignedSeal("{\"n\":1}", "a");

    @Test
    void sealsComeInTheirOrder() throws Exception {
        try (var kafka = Kafka.startEphemeral();
                var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()));
                var producer = producer(kafka.bootstrap(), Duration.ofSeconds(30))) {
            admin.createTopics(List.of(new NewTopic(Topics.LEDGER_SEALS, 8, (short) 1)))
                    .all()
                    .get();
            var topic = new SealTopic(producer);

            var seals = IntStream.rangeClosed(1, 20)
                    .mapToObj(n -> new SignedSeal("{\"n\":" + n + "}", "s-" + n))
                    .toList();
            seals.forEach(topic);

            assertThat(lines(kafka, seals.size()))
                    .containsExactlyElementsOf(
                            seals.stream().map(SignedSeal::line).toList());
        }
    }

    @Test
    void whatIsNotKnownToBeThereIsAFailure() {
        try (var producer = producer("127.0.0.1:" + Ports.free(), Duration.ofMillis(200))) {
            assertThatThrownBy(() -> new SealTopic(producer).accept(ONE))
                    .hasMessage("seal: not known to be in rookery.ledger.seals");
        }
    }

    private static KafkaProducer<String, byte[]> producer(String bootstrap, Duration bound) {
        int millis = Math.toIntExact(bound.toMillis());
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.LINGER_MS_CONFIG, 0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, millis,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static List<String> lines(Kafka kafka, int count) {
        var lines = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.LEDGER_SEALS).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (lines.size() < count) {
                for (var each : consumer.poll(Duration.ofSeconds(1))) {
                    lines.add(new String(each.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return lines;
    }
}
