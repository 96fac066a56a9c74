package dev.rookery.gateway.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What waits for an event loop that does not get to it.
class SeatsTest {

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final EventLoop loop = loops.next();
    private final Fanout fanout = new Fanout(loop, 10);
    private final Seats seats = new Seats(fanout);

    @BeforeEach
    void holdUp() throws InterruptedException {
        var isHeldUp = new CountDownLatch(1);
        loop.execute(() -> {
            isHeldUp.countDown();
            untilItGoesOn();
        });
        isHeldUp.await();
    }

    @AfterEach
    void end() {
        goesOn.countDown();
        loops.shutdownGracefully().syncUninterruptibly();
    }

    @Test
    void castsAreLeftOutBeforeEvents() {
        IntStream.range(0, 10)
                .forEach(_ -> assertThat(fanout.offerCast(_ -> {})).isTrue());

        assertThat(fanout.offerCast(_ -> {})).isFalse();
        assertThat(fanout.offerEvent(_ -> {})).isTrue();
    }

    @Test
    void eventsWaitUpToABoundToo() {
        IntStream.range(0, 20)
                .forEach(_ -> assertThat(fanout.offerEvent(_ -> {})).isTrue());

        assertThat(fanout.offerEvent(_ -> {})).isFalse();
    }

    @Test
    void whatFailsKeepsNothingElseFromBeingGiven() {
        var given = new AtomicBoolean();
        fanout.offerEvent(_ -> {
            throw new AssertionError("for the test");
        });
        fanout.offerEvent(_ -> given.set(true));

        goesOn.countDown();

        await().until(given::get);
    }

    @Test
    void whatWasMissedIsReadAgainOnceHoweverOftenItWasMissed() {
        IntStream.range(0, 1_000).forEach(_ -> seats.readAgain());
        assertThat(fanout.queued()).isEqualTo(1);

        goesOn.countDown();
        await().until(() -> fanout.queued() == 0);
        seats.readAgain();
        await().until(() -> fanout.queued() == 0);
    }

    @Test
    void aPlayerLosesAGrantOnceHoweverOftenItIsTold() {
        IntStream.range(0, 1_000).forEach(_ -> seats.revoke(new PlayerId("p-7")));
        seats.revoke(new PlayerId("p-8"));

        assertThat(fanout.queued()).isEqualTo(2);
    }

    private void untilItGoesOn() {
        try {
            goesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
