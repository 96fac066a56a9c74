package dev.rookery.gateway.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Pings the client and tells when it is silent for two intervals; whatever it sends counts. The first ping comes
/// at a random point of the interval, so that clients who came together do not answer together for ever.
public final class Heartbeat extends ChannelInboundHandlerAdapter {

    private static final int SILENT_INTERVALS = 2;

    private final Duration interval;
    private @Nullable ScheduledFuture<?> beating;
    private int silentIntervals;

    /// The client has been silent for too long.
    record Silent() {}

    public Heartbeat(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long millis = interval.toMillis();
        beating = context.executor()
                .scheduleAtFixedRate(
                        () -> beat(context),
                        ThreadLocalRandom.current().nextLong(millis) + 1,
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        silentIntervals = 0;
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void beat(ChannelHandlerContext context) {
        if (silentIntervals >= SILENT_INTERVALS) {
            stop();
            context.fireUserEventTriggered(new Silent());
            return;
        }
        silentIntervals++;
        context.writeAndFlush(new PingWebSocketFrame());
    }

    private void stop() {
        if (beating != null) {
            beating.cancel(false);
        }
    }
}
