package dev.rookery.knative.local;

import dev.rookery.eventing.contract.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// The platform's topics.
final class TopicAdmin {

    private static final int PARTITIONS = 8;
    /// For ever: what is older than a week elsewhere is evidence here.
    private static final Set<String> KEPT = Set.of(Topics.LEDGER_SEALS, Topics.SIGNIFICANT);

    private TopicAdmin() {}

    /// Creates the topics that are not there and tells the partitions of all.
    static List<TopicPartition> create(String bootstrap, Collection<String> topics) {
        var wanted = topics.stream()
                .map(topic -> new NewTopic(topic, Optional.of(PARTITIONS), Optional.of((short) 1))
                        .configs(KEPT.contains(topic) ? Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1") : Map.of()))
                .toList();
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            for (var created : admin.createTopics(wanted).values().values()) {
                ignoringExisting(created::get);
            }
            var partitions = new ArrayList<TopicPartition>();
            admin.describeTopics(topics)
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
