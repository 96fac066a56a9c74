package dev.rookery.knative.load.platform;

import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One platform for all test classes that ask for it, with several sessions a player, and traced. Each test has
/// players of its own.
final class SharedPlatform implements BeforeAllCallback {

    private @Nullable Shared shared;

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedPlatform.class))
                .computeIfAbsent("platform", key -> Shared.start(), Shared.class);
    }

    Launched launched() {
        return shared().launched();
    }

    RunningPlatform platform() {
        return launched().platform();
    }

    Collector collector() {
        return shared().collector();
    }

    URI url() {
        return URI.create(platform().url());
    }

    PlayerClient client() {
        return new PlayerClient(url());
    }

    Ledger ledger() {
        return new Ledger(platform().postgres());
    }

    /// SIGKILL; the platform starts it again.
    void kill(String process) {
        signal(process, "KILL");
    }

    /// Waits until the platform has started a process again that was killed.
    void awaitRestartOf(String process, long killed) {
        launched().awaitRestartOf(process, killed);
    }

    void signal(String process, String signal) {
        launched().signal(process, signal);
    }

    /// Puts a record that is no CloudEvent on the topic of the wallet's commands.
    void produce(String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", platform().kafka(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("rookery.wallet.commands", value))
                    .get(60, TimeUnit.SECONDS);
        }
    }

    void flushRedis() {
        var redis = URI.create(platform().redis());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), redis.getPort())) {
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK")) {
                throw new IllegalStateException("FLUSHALL: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Shared shared() {
        return Objects.requireNonNull(shared);
    }

    private record Shared(Launched launched, Collector collector) implements AutoCloseable {

        static Shared start() {
            var collector = Collector.start();
            var environment =
                    Map.of("ROOKERY_SESSIONS", "several", "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
            return new Shared(
                    Launched.up(environment, "--ephemeral", "--overlay", Launched.overlay("awake")), collector);
        }

        @Override
        public void close() {
            launched.close();
            collector.close();
        }
    }
}
