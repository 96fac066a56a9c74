package dev.rookery.knative.local.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.local.manifest.Ping;
import dev.rookery.knative.local.manifest.Schedule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A PingSource over real HTTP, with a clock that goes on when the test says so.
class PingTimerTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Ping PING = new Ping(
            "probe-chores",
            "rookery",
            new Schedule(5),
            "application/json",
            "{\"n\":1}",
            Map.of("tenant", "t1"),
            "probe");

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-01-01T10:02:30Z"));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private ScriptedFunction function;
    private Sink sink;
    private PingTimer timer;

    @BeforeEach
    void start() {
        function = new ScriptedFunction();
        sink = new HttpSink(function.url(), HTTP);
        timer = new PingTimer(PING, sink, clock, registry);
    }

    @AfterEach
    void end() {
        clock.end();
        timer.close();
        function.close();
    }

    @Test
    void whenItIsTimeThePingIsPostedInBinaryMode() {

        assertThat(clock.step()).isEqualTo(Instant.parse("2026-01-01T10:05:00Z"));

        var posted = function.next();
        assertThat(posted.body()).isEqualTo("{\"n\":1}");
        assertThat(posted.headers())
                .containsEntry("ce-specversion", "1.0")
                .containsEntry("ce-type", "dev.knative.sources.ping")
                .containsEntry("ce-source", "/apis/v1/namespaces/rookery/pingsources/probe-chores")
                .containsEntry("ce-time", "2026-01-01T10:05:00Z")
                .containsEntry("ce-tenant", "t1")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void eachPingHasAnIdOfItsOwn() {

        clock.step();
        clock.step();

        assertThat(function.next().id())
                .isNotEmpty()
                .isNotEqualTo(function.next().id());
    }

    @Test
    void beforeItsTimeNothingIsPosted() {

        clock.awaitWaiting();

        assertThat(function.posted()).isEmpty();
    }

    @Test
    void whatMayBeTakenLaterIsPostedAgainAsTheSameEvent() {
        var statuses = new AtomicInteger(503);
        function.answers(posted -> statuses.getAndSet(204));

        clock.step();
        clock.step();

        assertThat(function.next().id()).isEqualTo(function.next().id());
        await().until(() -> counted("delivered") == 1);
    }

    @Test
    void afterItsRetriesItIsDroppedAndTheNextOneIsFired() {
        function.answers(posted -> 503);
        clock.step();

        var waits = Stream.generate(clock::step).limit(5).toList();
        var next = clock.step();

        assertThat(waits)
                .extracting(Instant::toString)
                .containsExactly(
                        "2026-01-01T10:05:00.050Z",
                        "2026-01-01T10:05:00.150Z",
                        "2026-01-01T10:05:00.350Z",
                        "2026-01-01T10:05:00.750Z",
                        "2026-01-01T10:05:01.550Z");
        assertThat(next).isEqualTo(Instant.parse("2026-01-01T10:10:00Z"));
        assertThat(counted("dropped")).isEqualTo(1);
        await().until(() -> function.posted().size() == 7);
    }

    @Test
    void whatIsRefusedIsNotPostedAgain() {
        function.answers(posted -> 400);

        clock.step();

        assertThat(clock.step()).isEqualTo(Instant.parse("2026-01-01T10:10:00Z"));
        await().until(() -> function.posted().size() == 2);
    }

    @Test
    void aPingNeverOverlapsTheOneBefore() {
        var answer = new CountDownLatch(1);
        function.answers(posted -> {
            waitFor(answer);
            return 204;
        });
        clock.step();
        function.next();

        // Three firings are due by now.
        clock.set(Instant.parse("2026-01-01T10:21:00Z"));
        assertThat(function.posted()).hasSize(1);
        answer.countDown();

        assertThat(clock.step()).isEqualTo(Instant.parse("2026-01-01T10:25:00Z"));
    }

    @Test
    void closingWaitsForThePingThatIsUnderWay() throws InterruptedException {
        var answer = new CountDownLatch(1);
        function.answers(posted -> {
            waitFor(answer);
            return 204;
        });
        clock.step();
        function.next();
        clock.end();

        var closing = Thread.ofPlatform().start(timer::close);
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        answer.countDown();
        closing.join();

        assertThat(counted("delivered")).isEqualTo(1);
        assertThat(function.posted()).hasSize(1);
    }

    private double counted(String what) {
        return registry.counter("rookery.ping." + what, "source", "probe-chores")
                .count();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Stands still until a test lets it reach the moment that is waited for.
    private static final class SteppedClock implements PingTimer.Moments {

        private volatile Instant now;
        private final BlockingQueue<Instant> waiting = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> steps = new LinkedBlockingQueue<>();

        SteppedClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public boolean reached(Instant moment) throws InterruptedException {
            waiting.add(moment);
            if (!steps.take()) {
                return false;
            }
            now = moment;
            return true;
        }

        void set(Instant instant) {
            now = instant;
        }

        boolean isWaitedFor() {
            return !waiting.isEmpty();
        }

        void awaitWaiting() {
            await().until(this::isWaitedFor);
        }

        /// Waits until somebody waits, and lets the moment come.
        ///
        /// @return the moment
        Instant step() {
            try {
                var moment = waiting.take();
                steps.add(true);
                return moment;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        void end() {
            steps.add(false);
        }
    }
}
