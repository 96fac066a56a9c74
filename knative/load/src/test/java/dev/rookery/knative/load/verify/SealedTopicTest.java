package dev.rookery.knative.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.backing.Kafka;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SealedTopicTest {

    /// What comes later is of a later moment than the audit's.
    @Test
    void itEndsWhereItEndedWhenItWasOpened() throws Exception {
        try (var kafka = Kafka.startEphemeral();
                var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()));
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()),
                        new StringSerializer(),
                        new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(Topics.LEDGER_SEALS, 8, (short) 1)))
                    .all()
                    .get();
            append(producer, "one");
            append(producer, "two");
            try (var seals = SealedTopic.open(kafka.bootstrap())) {
                append(producer, "three");

                assertThat(seals).containsExactly("one", "two");
            }
        }
    }

    private static void append(KafkaProducer<String, String> producer, String line) throws Exception {
        producer.send(new ProducerRecord<>(Topics.LEDGER_SEALS, "seal", line)).get();
    }
}
