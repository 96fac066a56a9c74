package dev.rookery.knative.local.dispatch;

import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.local.manifest.Delivery;
import dev.rookery.knative.local.manifest.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What takes events from a topic and posts them to us: the dispatcher of this module, or, when
/// `-Ddelivery.bootstrap` is said, another one that runs already. That one's source has `retry: 2`,
/// `backoffPolicy: exponential`, `backoffDelay: PT0.2S` and `ordering: unordered`; besides, it has
///
/// - `-Ddelivery.topic`: the topic that it takes from,
/// - `-Ddelivery.dead-letters`: the topic of its dead-letter sink,
/// - `-Ddelivery.sink`: `host:port` at which it posts to us, and where we listen.
final class DispatcherUnderTest implements BeforeAllCallback, AfterAllCallback {

    static final Duration BACKOFF = Duration.ofMillis(200);

    private final @Nullable String bootstrap = System.getProperty("delivery.bootstrap");
    private @Nullable Kafka kafka;
    private @Nullable Dispatcher dispatcher;
    private @Nullable ScriptedFunction function;
    private @Nullable Topic topic;
    private @Nullable Topic deadLetters;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (bootstrap == null) {
            startOurs();
        } else {
            meet(bootstrap);
        }
    }

    private void meet(String bootstrap) {
        var sink = required("delivery.sink").split(":", 2);
        function = new ScriptedFunction(new InetSocketAddress(sink[0], Integer.parseInt(sink[1])));
        topic = new Topic(bootstrap, required("delivery.topic"));
        deadLetters = new Topic(bootstrap, required("delivery.dead-letters"));
    }

    private void startOurs() throws Exception {
        var name = "t-" + UUID.randomUUID();
        kafka = Kafka.startEphemeral();
        var events = Topic.create(kafka, name, 1);
        var letters = Topic.create(kafka, name + "-dead-letters", 1);
        var posted = new ScriptedFunction();
        var delivery = new Delivery(
                DeliveryCase.RETRIES, Delivery.Backoff.EXPONENTIAL, BACKOFF, Duration.ofSeconds(30), letters.name());
        var source = new Source(name, "test", List.of(name), name, 1, Source.InitialOffset.EARLIEST, delivery, "probe");
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        dispatcher = new Dispatcher(kafka.bootstrap(), OpenTelemetry.noop(), new SimpleMeterRegistry());
        dispatcher.start(source, new HttpSink(posted.url(), http), events.partitions(1));
        function = posted;
        topic = events;
        deadLetters = letters;
    }

    private static String required(String name) {
        var value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(name + ": none (expected: beside delivery.bootstrap)");
        }
        return value;
    }

    /// Where it posts to.
    ScriptedFunction function() {
        return Objects.requireNonNull(function);
    }

    /// Where it takes from.
    Topic topic() {
        return Objects.requireNonNull(topic);
    }

    Topic deadLetters() {
        return Objects.requireNonNull(deadLetters);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (dispatcher != null) {
            dispatcher.close();
        }
        if (function != null) {
            function.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
