package dev.rookery.gateway.session;

import dev.rookery.gateway.protocol.CloseCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out to one client. May be used from any thread; what one thread writes stays in order.
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Channel channel;
    private final Duration closeTimeout;
    private final AtomicReference<@Nullable CloseCode> closed = new AtomicReference<>();

    Connection(Channel channel, Duration closeTimeout) {
        this.channel = channel;
        this.closeTimeout = closeTimeout;
    }

    void write(String frame) {
        channel.writeAndFlush(new TextWebSocketFrame(frame));
    }

    /// Runs when all that was written has left for the client; never when the connection ends before that.
    void whenFlushed(Runnable then) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                then.run();
            }
        });
    }

    /// False when the client reads more slowly than it is written to, and as much waits as may.
    boolean isWritable() {
        return channel.isWritable();
    }

    /// Where the connection's own work runs.
    Executor loop() {
        return channel.eventLoop();
    }

    boolean isOpen() {
        return closed.get() == null && channel.isActive();
    }

    /// Says why, and closes when the client has said goodbye too, or has not in time: one that does not read never
    /// will.
    void close(CloseCode code, String why) {
        if (closed.compareAndSet(null, code)) {
            LOG.debug("close {} {}: {}", code.code(), code, why);
            channel.writeAndFlush(new CloseWebSocketFrame(code.code(), why));
            channel.eventLoop().schedule(() -> channel.close(), closeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Why we closed it; null when we did not.
    @Nullable
    CloseCode closedWith() {
        return closed.get();
    }
}
