package dev.rookery.gateway.transport;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How well the event loops do: how late a probe is that each of them has to run at a steady beat (everything else
/// on that loop is as late), how many tasks wait, and what Netty's allocator holds.
public final class LoopMeters {

    private static final Duration BEAT = Duration.ofMillis(100);
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2)
    };

    private LoopMeters() {}

    /// Measures until the loops end.
    public static void bind(EventLoopGroup loops, MeterRegistry registry) {
        new NettyEventExecutorMetrics(loops).bindTo(registry);
        new NettyAllocatorMetrics(PooledByteBufAllocator.DEFAULT).bindTo(registry);
        int loop = 0;
        for (var executor : loops) {
            var lag = Timer.builder("rookery.gateway.event_loop.lag")
                    .tag("loop", String.valueOf(loop++))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry);
            probe(executor, lag);
        }
    }

    /// The next beat is due a beat after this one was, however late this one is: a loop that was stuck for a second
    /// is asked about all of it.
    private static void probe(EventExecutor loop, Timer lag) {
        var due = new long[] {System.nanoTime() + BEAT.toNanos()};
        loop.scheduleAtFixedRate(
                () -> {
                    lag.record(Math.max(0, System.nanoTime() - due[0]), TimeUnit.NANOSECONDS);
                    due[0] += BEAT.toNanos();
                },
                BEAT.toNanos(),
                BEAT.toNanos(),
                TimeUnit.NANOSECONDS);
    }
}
