package dev.rookery.knative.local.dispatch;

import dev.rookery.knative.local.manifest.Ping;
import dev.rookery.knative.local.manifest.Source;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Runs sources: so many consumers each as its manifest says, and a timer for each that fires by the clock.
public final class Dispatcher implements AutoCloseable {

    /// A dead letter is tried again anyway.
    private static final int MAX_BLOCK_MILLIS = 1_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int DELIVERY_MILLIS = 10_000;
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

    private final String bootstrap;
    private final OpenTelemetry telemetry;
    private final MeterRegistry registry;
    private final Producer<String, byte[]> producer;
    private final RecentDeliveries recent = new RecentDeliveries();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<SourceConsumer> consumers = new ArrayList<>();
    private final List<PingTimer> timers = new ArrayList<>();
    private final Map<String, SourceMeters> meters = new LinkedHashMap<>();

    public Dispatcher(String bootstrap, OpenTelemetry telemetry, MeterRegistry registry) {
        this.bootstrap = bootstrap;
        this.telemetry = telemetry;
        this.registry = registry;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        MAX_BLOCK_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        REQUEST_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        DELIVERY_MILLIS,
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        500),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /// Begins to deliver a source's records; what is produced after this returns is delivered.
    ///
    /// @param partitions of every topic of the source
    public void start(Source source, Sink sink, List<TopicPartition> partitions) {
        var counted = new SourceMeters(registry, source.name());
        meters.put(source.name(), counted);
        var delivery = new RecordDelivery(
                source, sink, new DeadLetters(producer), new DispatchSpans(telemetry), counted, recent, closing);
        for (int n = 0; n < source.consumers(); n++) {
            var share = share(partitions, n, source.consumers());
            if (!share.isEmpty()) {
                consumers.add(new SourceConsumer(source, bootstrap, share, delivery, counted, closing));
            }
        }
    }

    /// Begins to fire a source.
    public void start(Ping ping, Sink sink) {
        timers.add(new PingTimer(ping, sink, new UntilClosing(), registry));
    }

    /// How the sources of topics stand, in the order in which they were started.
    public List<SourceState> states() {
        return meters.entrySet().stream()
                .map(entry -> entry.getValue().state(entry.getKey()))
                .toList();
    }

    public RecentDeliveries recent() {
        return recent;
    }

    /// Takes nothing more, waits a while for what is in flight, and commits what is done.
    @Override
    public void close() {
        closing.countDown();
        timers.forEach(PingTimer::close);
        try (var side = Executors.newVirtualThreadPerTaskExecutor()) {
            consumers.forEach(each -> side.execute(each::close));
        }
        producer.close(CLOSE_BOUND);
    }

    private static List<TopicPartition> share(List<TopicPartition> all, int n, int consumers) {
        return IntStream.range(0, all.size())
                .filter(i -> i % consumers == n)
                .mapToObj(all::get)
                .toList();
    }

    /// The system's clock, for as long as the platform does not end.
    private final class UntilClosing implements PingTimer.Moments {

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public boolean reached(Instant moment) throws InterruptedException {
            // Waits are measured by another clock than moments: it may be woken a little too soon.
            for (var left = Duration.between(now(), moment);
                    left.isPositive();
                    left = Duration.between(now(), moment)) {
                if (closing.await(left.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return closing.getCount() > 0;
        }
    }
}
