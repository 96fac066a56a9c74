package dev.rookery.knative.local.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.local.manifest.Delivery;
import dev.rookery.knative.local.manifest.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sources on a real Kafka, delivered over real HTTP.
class DispatcherTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /// Of data that Kafka takes, 1 MiB with its headers, until a letter's three more are beside it.
    private static final int NEARLY_TOO_LARGE = (1 << 20) - 230;

    private static Kafka kafka;

    private final String name = "t-" + UUID.randomUUID();
    private Topic topic;
    private Topic deadLetters;
    private Dispatcher dispatcher;
    private ScriptedFunction function;

    @BeforeAll
    static void startKafka() {
        kafka = Kafka.startEphemeral();
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        function = new ScriptedFunction();
        dispatcher = dispatcher();
        topic = Topic.create(kafka, name, 1);
        deadLetters = Topic.create(kafka, name + "-dead-letters", 1);
    }

    @AfterEach
    void close() {
        dispatcher.close();
        function.close();
    }

    @Test
    void aLetterThatKafkaFindsTooLargeGoesWithoutItsData() throws Exception {
        start(posted -> 400);

        topic.event("c-1", NEARLY_TOO_LARGE);

        assertThat(deadLetters.letter("c-1"))
                .containsEntry("ce_knativeerrorcode", "400")
                .containsEntry("", null);
    }

    @Test
    void anEventIsPostedInBinaryMode() throws Exception {
        start(posted -> 204);

        topic.event("c-1", Map.of("ce_partitionkey", "k", "traceparent", TRACEPARENT, "ce_traceparent", TRACEPARENT));

        var posted = function.next();
        assertThat(posted.body()).isEqualTo("{\"id\":\"c-1\"}");
        assertThat(posted.headers())
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-id", "c-1")
                .containsEntry("ce-source", "/players/p-1")
                .containsEntry("ce-type", "probe.act")
                .containsEntry("ce-partitionkey", "k")
                .containsEntry("ce-traceparent", TRACEPARENT)
                .containsEntry("traceparent", TRACEPARENT)
                .containsEntry("ce-knativekafkapartition", "0")
                .containsEntry("ce-knativekafkaoffset", "0")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void whatIsNeverTakenIsADeadLetterAfterItsRetries() throws Exception {
        start(posted -> 500);

        topic.event("c-1", Map.of("ce_partitionkey", "k"));

        var letter = deadLetters.records(1).getFirst();
        assertThat(letter)
                .containsEntry("", "{\"id\":\"c-1\"}")
                .containsEntry("ce_id", "c-1")
                .containsEntry("ce_knativeerrorcode", "500")
                .containsEntry("ce_knativeerrordata", "after 2 retries: status 500")
                .containsEntry("ce_knativeerrordest", function.url().toString());
        assertThat(function.posted()).hasSize(3);
    }

    @Test
    void withoutAConnectionItIsPostedAgain() throws Exception {
        var nobody = new ScriptedFunction();
        nobody.close();
        dispatch(nobody.url());

        topic.event("c-1", Map.of());

        assertThat(deadLetters.records(1).getFirst())
                .containsEntry("ce_knativeerrorcode", "0")
                .hasEntrySatisfying(
                        "ce_knativeerrordata", why -> assertThat(why).startsWith("after 2 retries: "));
    }

    @Test
    void aRecordThatIsNoCloudEventIsPostedAsOneThatNamesItsPlace() throws Exception {
        start(posted -> 204);

        topic.put(Map.of(), "hello");

        var posted = function.next();
        assertThat(posted.body()).isEqualTo("hello");
        assertThat(posted.headers())
                .containsEntry("ce-type", "dev.knative.kafka.event")
                .containsEntry("ce-id", "partition:0/offset:0")
                .containsEntry("ce-source", "/apis/v1/namespaces/test/kafkasources/" + name + "#" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type"})
    void aBrokenCloudEventIsNotLost(String missing) throws Exception {
        start(posted -> 204);
        var headers = new TreeMap<>(
                Map.of("ce_specversion", "1.0", "ce_id", "c-1", "ce_source", "/players/p-1", "ce_type", "probe.act"));
        headers.remove(missing);

        topic.put(headers, "{}");

        assertThat(function.next().header("ce-type")).isEqualTo("dev.knative.kafka.event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nx-evil: 1", "ü and 😀", "100%"})
    void anAttributeThatHttpCannotCarryAsItIsBlocksNothing(String subject) throws Exception {
        start(posted -> 204);

        topic.event("c-1", Map.of("ce_subject", subject));
        topic.event("c-2", Map.of());

        await().until(() ->
                function.posted().stream().anyMatch(posted -> posted.id().equals("c-2")));
        assertThat(function.posted()).noneMatch(posted -> posted.headers().containsKey("x-evil"));
        await().untilAsserted(() ->
                assertThat(state().delivered() + state().deadLettered()).isEqualTo(2));
    }

    @Test
    void anEventInStructuredModeIsPostedInBinaryMode() throws Exception {
        start(posted -> 204);

        topic.put(
                Map.of("content-type", "application/cloudevents+json"),
                "{\"specversion\":\"1.0\",\"id\":\"c-1\",\"source\":\"/players/p-1\",\"type\":\"probe.act\","
                        + "\"datacontenttype\":\"application/json\",\"data\":{\"a\":1}}");

        var posted = function.next();
        assertThat(posted.id()).isEqualTo("c-1");
        assertThat(posted.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void whatWasNotDoneIsDeliveredAgainAfterARestart() throws Exception {
        var refused = new CountDownLatch(1);
        start(posted -> posted.id().equals("c-2") && refused.getCount() > 0 ? 503 : 204, 1_000);
        topic.event("c-1", Map.of());
        topic.event("c-2", Map.of());
        topic.event("c-3", Map.of());
        await().until(() -> state().delivered() == 2 && state().retried() > 0);
        dispatcher.close();
        function.posted().clear();
        refused.countDown();

        dispatcher = dispatcher();
        dispatch(function.url());

        await().untilAsserted(() -> assertThat(state().delivered()).isEqualTo(2));
        assertThat(function.posted()).extracting(ScriptedFunction.Posted::id).containsExactlyInAnyOrder("c-2", "c-3");
    }

    @Test
    void soManyAreInFlightAndNoMore() throws Exception {
        var release = new CountDownLatch(1);
        function.answers(posted -> waiting(release));
        topic.events(SourceConsumer.MAX_IN_FLIGHT + 50);
        dispatch(function.url());

        await().until(() -> state().inFlight() > SourceConsumer.MAX_IN_FLIGHT / 2);
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(5))
                .until(() -> state().inFlight() <= SourceConsumer.MAX_IN_FLIGHT && state().delivered() == 0);
        release.countDown();

        await().until(() -> state().delivered() == SourceConsumer.MAX_IN_FLIGHT + 50);
    }

    @Test
    void aRecordIsNotDoneBeforeItsDeadLetterIsWritten() throws Exception {
        function.answers(posted -> 400);
        var later = name + "-later";
        var sink = new HttpSink(function.url(), HTTP);
        dispatcher.start(source(later, 2), sink, topic.partitions(1));
        topic.event("c-1", Map.of());
        assertThat(function.next().id()).isEqualTo("c-1");
        await().during(Duration.ofSeconds(2)).until(() -> state().inFlight() == 1);

        var created = Topic.create(kafka, later, 1);

        assertThat(created.records(1).getFirst()).containsEntry("ce_id", "c-1");
        await().untilAsserted(() -> assertThat(state().deadLettered()).isEqualTo(1));
    }

    private void start(Function<ScriptedFunction.Posted, Integer> script) {
        start(script, 2);
    }

    private void start(Function<ScriptedFunction.Posted, Integer> script, int retry) {
        function.answers(script);
        var sink = new HttpSink(function.url(), HTTP);
        dispatcher.start(source(deadLetters.name(), retry), sink, topic.partitions(1));
    }

    private void dispatch(URI url) {
        var sink = new HttpSink(url, HTTP);
        dispatch(sink);
    }

    private void dispatch(Sink sink) {
        dispatcher.start(source(deadLetters.name(), 2), sink, topic.partitions(1));
    }

    private static Dispatcher dispatcher() {
        var propagators = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        return new Dispatcher(kafka.bootstrap(), OpenTelemetry.propagating(propagators), new SimpleMeterRegistry());
    }

    private Source source(String deadLetterTopic, int retry) {
        var delivery = new Delivery(
                retry, Delivery.Backoff.LINEAR, Duration.ofMillis(20), Duration.ofSeconds(30), deadLetterTopic);
        return new Source(name, "test", List.of(name), name, 1, Source.InitialOffset.EARLIEST, delivery, "probe");
    }

    private SourceState state() {
        return dispatcher.states().getFirst();
    }

    private static int waiting(CountDownLatch release) {
        try {
            release.await();
            return 204;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }
}
