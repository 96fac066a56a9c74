package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.local.manifest.Topic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Topics are made as manifests declare them.
class TopicAdminTest {

    private static Kafka kafka;

    @BeforeAll
    static void start() {
        kafka = Kafka.startEphemeral();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void aTopicHasThePartitionsAndTheRetentionThatItIsDeclaredWith() throws Exception {
        var partitions =
                TopicAdmin.create(kafka.bootstrap(), List.of(new Topic("kept", 2, Map.of("retention.ms", "-1"))));

        assertThat(partitions).containsExactlyInAnyOrder(new TopicPartition("kept", 0), new TopicPartition("kept", 1));
        assertThat(retention("kept")).isEqualTo("-1");
    }

    @Test
    void aTopicThatIsThereIsLeftAsItIs() throws Exception {
        TopicAdmin.create(kafka.bootstrap(), List.of(new Topic("there", 1, Map.of("retention.ms", "60000"))));

        var partitions = TopicAdmin.create(
                kafka.bootstrap(),
                List.of(
                        new Topic("there", 3, Map.of("retention.ms", "-1")),
                        new Topic("new", 1, Map.of("retention.ms", "-1"))));

        assertThat(partitions).containsExactlyInAnyOrder(new TopicPartition("there", 0), new TopicPartition("new", 0));
        assertThat(retention("there")).isEqualTo("60000");
    }

    private static String retention(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            var configs = admin.describeConfigs(List.of(resource)).all().get();
            return Objects.requireNonNull(configs.get(resource))
                    .get("retention.ms")
                    .value();
        }
    }
}
