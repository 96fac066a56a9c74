package dev.rookery.knative.local;

import dev.rookery.knative.local.manifest.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/// The platform's topics.
final class TopicAdmin {

    /// There is one broker.
    private static final short COPIES = 1;

    private TopicAdmin() {}

    /// Creates the topics that are not there, as they are declared, and tells the partitions of all. One that is there
    /// is left as it is.
    static List<TopicPartition> create(String bootstrap, Collection<Topic> topics) {
        var wanted = topics.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), COPIES).configs(topic.config()))
                .toList();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            for (var created : admin.createTopics(wanted).values().values()) {
                ignoringExisting(created::get);
            }
            var partitions = new ArrayList<TopicPartition>();
            admin.describeTopics(topics.stream().map(Topic::name).toList())
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(topic -> topic.partitions()
                            .forEach(each -> partitions.add(new TopicPartition(topic.name(), each.partition()))));
            return partitions;
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics cannot be created: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics are created", e);
        }
    }

    private static void ignoringExisting(Creating creating) throws ExecutionException, InterruptedException {
        try {
            creating.await();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private interface Creating {
        void await() throws ExecutionException, InterruptedException;
    }
}
