package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.gateway.protocol.CloseCode;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/// A hundred thousand requests and messages that no client should send, over real sockets to the whole gateway. Each
/// connection ends with a code that is documented, nothing is logged as an error, and no buffer is lost.
///
/// `-Dfuzz.seed=` draws others.
class FuzzTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "rookery.session.max-bad-frames=1000",
            "rookery.session.close-timeout=1s",
            "rookery.session.heartbeat=60s",
            "rookery.token.dev=true");

    private static final long SEED = Long.getLong("fuzz.seed", 20_261_125);
    private static final int HANDSHAKES = 10_000;
    private static final int MESSAGES = 90_000;
    private static final int CONNECTIONS = 1_500;
    private static final int MESSAGES_A_CONNECTION = 125;
    private static final String LAST = "{\"op\":\"ping\",\"at\":\"last\"}";
    private static final String ANSWERED = "{\"op\":\"pong\",\"at\":\"last\"}";
    private static final int CLIENTS = 8;
    private static final Set<Integer> STATUSES = Set.of(100, 101, 200, 400, 403, 404, 405, 413, 414, 417, 426, 431);
    private static final int NO_CODE = 1_005;
    /// Ours, those of RFC 6455 that a server says, and what a client said that is told its own code.
    private static final Set<Integer> CODES = Stream.concat(
                    Arrays.stream(CloseCode.values()).map(CloseCode::code),
                    Stream.of(1_000, 1_002, 1_003, 1_007, 1_009, 1_001, 3_000, 4_999, NO_CODE))
            .collect(Collectors.toSet());

    private final Alarms alarms = new Alarms();
    private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

    @BeforeEach
    void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        alarms.start();
        root().addAppender(alarms);
    }

    @AfterEach
    void stopWatching() {
        root().detachAppender(alarms);
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void whateverComesEndsAsDocumentedAndIsNoAlarm() throws Exception {
        var sent = new AtomicInteger();
        forEach(HANDSHAKES, this::handshake);
        forEach(CONNECTIONS, connection -> sent.addAndGet(messages(connection)));

        assertThat(sent.get()).isGreaterThanOrEqualTo(MESSAGES);
        assertNothingLost();
        assertThat(alarms.heard).as("seed %d", SEED).isEmpty();
    }

    private void handshake(int number) throws IOException {
        var mutations = new Mutations(new Random(SEED + number));
        try (var client = RawClient.connect(gateway.port())) {
            var handshake = mutations.handshake();
            write(client, handshake.bytes().getBytes(StandardCharsets.ISO_8859_1));
            if (!handshake.isWhole()) {
                client.endOutput();
                assertThat(client.status()).isIn(withNone(STATUSES));
                return;
            }
            int status = client.status();
            assertThat(status).isIn(STATUSES);
            if (status == 101) {
                write(client, mutations.violation());
                write(client, Mutations.end());
                assertThat(codeOf(client)).isIn(CODES);
            }
        }
    }

    /// Welcome, then messages that are answered, then bytes that are no message.
    private int messages(int number) throws IOException {
        var random = new Random(~SEED + number);
        var mutations = new Mutations(random);
        try (var client = RawClient.open(gateway.port())) {
            client.send(RunningGateway.hello(new PlayerId("fuzz-" + number)));
            assertThat(client.nextText()).startsWith("{\"op\":\"welcome\"");
            int count = random.nextInt(MESSAGES_A_CONNECTION);
            var bytes = new ByteArrayOutputStream();
            for (int message = 0; message < count; message++) {
                bytes.writeBytes(mutations.message());
            }
            bytes.writeBytes(RawClient.frame(RawClient.TEXT, LAST.getBytes(StandardCharsets.UTF_8)));
            write(client, bytes.toByteArray());
            // All read: a socket that is closed with bytes before it forgets what it has not sent yet.
            for (var text = client.nextText(); !text.equals(ANSWERED); ) {
                text = client.nextText();
            }
            write(client, mutations.violation());
            write(client, Mutations.end());
            assertThat(codeOf(client)).isIn(CODES);
            return count + 1;
        }
    }

    /// A gateway that has said goodbye does not read on.
    private static void write(RawClient client, byte[] bytes) {
        try {
            client.write(bytes);
        } catch (IOException e) {
            // What it said before it closed is still there to be read.
        }
    }

    /// One buffer is lost on purpose: when that is reported, so is every other.
    private void assertNothingLost() {
        PooledByteBufAllocator.DEFAULT.buffer(16).touch("lost on purpose");
        await().until(() -> {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer(16).release();
            return alarms.heard.stream().anyMatch(alarm -> alarm.contains("lost on purpose"));
        });
        alarms.heard.removeIf(alarm -> alarm.contains("LEAK") && alarm.contains("lost on purpose"));
    }

    private interface Attempt {
        void run(int number) throws IOException;
    }

    private static void forEach(int count, Attempt attempt) throws InterruptedException {
        var running = new ArrayList<Future<?>>();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(clients.submit(() -> {
                    attempt.run(number);
                    return null;
                }));
            }
            for (int number = 0; number < count; number++) {
                try {
                    running.get(number).get();
                } catch (ExecutionException e) {
                    clients.shutdownNow();
                    throw new AssertionError("seed " + SEED + ", number " + number, e.getCause());
                }
            }
        }
    }

    private static int codeOf(RawClient client) throws IOException {
        var frame = client.next();
        while (frame.opcode() != RawClient.CLOSE) {
            frame = client.next();
        }
        return frame.bytes().isEmpty() ? NO_CODE : frame.closeCode();
    }

    private static List<Integer> withNone(Set<Integer> statuses) {
        var all = new ArrayList<>(statuses);
        all.add(-1);
        return all;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /// Errors of anybody, and what Netty warns of.
    private static final class Alarms extends AppenderBase<ILoggingEvent> {

        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            boolean isNettys = event.getLoggerName().startsWith("io.netty");
            if (event.getLevel().isGreaterOrEqual(isNettys ? Level.WARN : Level.ERROR)) {
                heard.add(event.getLoggerName() + ": " + event.getFormattedMessage());
            }
        }
    }
}
