package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.rookery.eventing.cloudevents.KafkaAccess;
import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.local.manifest.Manifests;
import dev.rookery.knative.local.manifest.Source;
import dev.rookery.knative.local.manifest.Topic;
import dev.rookery.knative.local.manifest.Workload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What `terraform/kubernetes/rights.sh` lets each user of Kafka do, asked of a broker that knows these users, with the
/// topics and the groups that `knative/base` declares.
class RightsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Manifests MANIFESTS = Manifests.read(ROOT.resolve("knative/base"));
    private static final List<String> FUNCTIONS = MANIFESTS.workloads().stream()
            .filter(workload -> workload.kind() == Workload.Kind.SERVICE)
            .map(Workload::name)
            .toList();
    private static final List<String> USERS = Stream.concat(
                    Stream.of("administrator", "dispatcher", "gateway", "operator"), FUNCTIONS.stream())
            .toList();
    /// Of which nobody has declared anything.
    private static final String OTHER = "other";

    private static final List<String> TOPICS = Stream.concat(
                    MANIFESTS.topics().stream().map(Topic::name), Stream.of(OTHER))
            .toList();
    /// User to topic to what the broker lets that user do with it.
    private static final Map<String, Map<String, Set<AclOperation>>> RIGHTS = new HashMap<>();

    @TempDir
    private static Path folder;

    private static Kafka kafka;

    @BeforeAll
    static void give() throws Exception {
        kafka = Kafka.startWithUsers(USERS.stream().collect(Collectors.toMap(user -> user, RightsTest::password)));
        TopicAdmin.create(
                kafka.bootstrap(),
                Stream.concat(MANIFESTS.topics().stream(), Stream.of(new Topic(OTHER, 1, Map.of())))
                        .toList());
        // What nobody lists any more.
        allow("rounds", AclOperation.WRITE, "rookery.wallet.facts");
        runScript();
        for (var user : USERS) {
            RIGHTS.put(user, operations(user));
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("topics")
    void aTopicIsReadAndWrittenByNobodyElse(String topic, Set<String> read, Set<String> written) {
        assertThat(whoMay(AclOperation.READ, topic)).isEqualTo(read);
        assertThat(whoMay(AclOperation.WRITE, topic)).isEqualTo(written);
    }

    @Test
    void everyTopicThatIsDeclaredIsLookedAt() {
        assertThat(topics().map(each -> each.get()[0])).containsExactlyInAnyOrderElementsOf(TOPICS);
    }

    /// Each topic, who reads it and who writes it.
    private static Stream<Arguments> topics() {
        var all = Set.copyOf(FUNCTIONS);
        var ofEach = FUNCTIONS.stream()
                .flatMap(function -> Stream.of(
                        arguments(
                                "rookery." + function + ".commands", Set.of("dispatcher"), Set.of("gateway", function)),
                        arguments("rookery." + function + ".queries", Set.of("dispatcher"), Set.of("gateway")),
                        arguments("rookery." + function + ".facts", Set.of(), Set.of(function))));
        var shared = Stream.of(
                arguments("rookery.dead-letters", Set.of("dispatcher"), with(all, "dispatcher")),
                arguments("rookery.significant", Set.of(), all),
                arguments("rookery.ledger.seals", Set.of(), Set.of("wallet")),
                arguments(OTHER, Set.of(), Set.of()));
        return Stream.concat(ofEach, shared);
    }

    @Test
    void theOperatorAloneChangesTopicsAndNobodyDeletesThem() {
        for (var topic : MANIFESTS.topics()) {
            assertThat(whoMay(AclOperation.ALTER_CONFIGS, topic.name())).containsExactly("operator");
            assertThat(whoMay(AclOperation.DELETE, topic.name())).isEmpty();
        }
    }

    @Test
    void theDispatcherAloneReadsInTheGroupsOfTheManifests() throws Exception {
        for (var source : MANIFESTS.sources()) {
            for (var user : USERS) {
                assertThat(mayReadIn(source, user))
                        .as("%s in %s", user, source.consumerGroup())
                        .isEqualTo(user.equals("dispatcher"));
            }
        }
    }

    @Test
    void aGatewayPutsACommandOnItsTopic() throws Exception {
        try (var producer = producer(access("gateway", password("gateway")))) {
            var put = producer.send(new ProducerRecord<>("rookery.wallet.commands", "p-1", new byte[] {1}))
                    .get();

            assertThat(put.hasOffset()).isTrue();
        }
    }

    @Test
    void aGatewayTellsNoFacts() {
        try (var producer = producer(access("gateway", password("gateway")))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("rookery.wallet.facts", "p-1", new byte[] {1}))
                            .get())
                    .hasRootCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void whoHasAnotherPasswordIsNotLetIn() {
        var other = access("gateway", "another");

        assertThatThrownBy(() -> other.signIn(Duration.ofSeconds(30)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rookery.kafka.user: gateway is not let in by " + kafka.usersBootstrap())
                .hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void nobodyButTheAdministratorGivesRights() {
        for (var user : USERS) {
            if (!user.equals("administrator")) {
                try (var admin = admin(user)) {
                    assertThatThrownBy(() -> admin.createAcls(List.of(rule(user, AclOperation.ALL, OTHER)))
                                    .all()
                                    .get())
                            .as(user)
                            .hasRootCauseInstanceOf(ClusterAuthorizationException.class);
                }
            }
        }
    }

    private static void runScript() throws Exception {
        var acls = folder.resolve("kafka-acls.sh");
        Files.writeString(
                acls,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1"
                        + " -XX:+UseSerialGC -cp '" + System.getProperty("java.class.path")
                        + "' org.apache.kafka.tools.AclCommand \"$@\"\n");
        Files.setPosixFilePermissions(acls, PosixFilePermissions.fromString("rwx------"));
        var builder = new ProcessBuilder(
                        ROOT.resolve("terraform/kubernetes/rights.sh").toString())
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        folder + ":" + System.getenv("PATH"),
                        "BOOTSTRAP",
                        kafka.usersBootstrap(),
                        "FUNCTIONS",
                        String.join(" ", FUNCTIONS).replace("wallet", "wallet:rookery.ledger.seals"),
                        "PASSWORD",
                        password("administrator"),
                        "SECURITY",
                        "SASL_PLAINTEXT",
                        "TRIES",
                        "1"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /// As the broker has told each of them.
    private static Set<String> whoMay(AclOperation operation, String topic) {
        return USERS.stream()
                .filter(user -> Objects.requireNonNull(RIGHTS.get(user))
                        .getOrDefault(topic, Set.of())
                        .contains(operation))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<AclOperation>> operations(String user) throws InterruptedException {
        var operations = new HashMap<String, Set<AclOperation>>();
        try (var admin = admin(user)) {
            var described = admin.describeTopics(TOPICS, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues();
            for (var topic : described.entrySet()) {
                try {
                    operations.put(topic.getKey(), topic.getValue().get().authorizedOperations());
                } catch (ExecutionException e) {
                    assertThat(e).hasRootCauseInstanceOf(TopicAuthorizationException.class);
                    operations.put(topic.getKey(), Set.of());
                }
            }
        }
        return operations;
    }

    private static boolean mayReadIn(Source source, String user) throws InterruptedException {
        var first = Map.of(new TopicPartition(source.topics().getFirst(), 0), new OffsetAndMetadata(0));
        try (var admin = admin(user)) {
            admin.alterConsumerGroupOffsets(source.consumerGroup(), first).all().get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasRootCauseInstanceOf(GroupAuthorizationException.class);
            return false;
        }
    }

    private static void allow(String user, AclOperation operation, String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            admin.createAcls(List.of(rule(user, operation, topic))).all().get();
        }
    }

    private static AclBinding rule(String user, AclOperation operation, String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private static Admin admin(String user) {
        return Admin.create(access(user, password(user)).settings());
    }

    private static KafkaProducer<String, byte[]> producer(KafkaAccess access) {
        var settings = access.settings();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    private static KafkaAccess access(String user, String password) {
        return new KafkaAccess(kafka.usersBootstrap(), SecurityProtocol.SASL_PLAINTEXT, user, password);
    }

    private static String password(String user) {
        return "of-" + user;
    }

    private static Set<String> with(Set<String> some, String more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }
}
