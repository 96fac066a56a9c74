package dev.rookery.gateway.session;

import dev.rookery.gateway.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out to one client. May be used from any thread; what one thread writes stays in order.
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Channel channel;
    private final Duration closeTimeout;
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private volatile @Nullable CloseCode closedWith;

    Connection(Channel channel, Duration closeTimeout) {
        this.channel = channel;
        this.closeTimeout = closeTimeout;
    }

    /// A client for whom as much waits as may gets nothing more, whatever it is: it is closed.
    void write(String frame) {
        if (mayWrite()) {
            channel.writeAndFlush(new TextWebSocketFrame(frame));
        }
    }

    /// Takes the ping's content over.
    void pong(ByteBuf content) {
        if (mayWrite()) {
            channel.writeAndFlush(new PongWebSocketFrame(content));
        } else {
            content.release();
        }
    }

    /// Runs when all that was written has left for the client; never when the connection ends before that.
    void whenFlushed(Runnable then) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                then.run();
            }
        });
    }

    /// Whether there is room for what can wait, such as history: half of what may be unsent is for what cannot.
    boolean hasRoom() {
        return channel.bytesBeforeUnwritable() > channel.config().getWriteBufferHighWaterMark() / 2;
    }

    /// Where the connection's own work runs.
    Executor loop() {
        return channel.eventLoop();
    }

    boolean isOpen() {
        return !isEnding.get() && channel.isActive();
    }

    /// Says why, and closes when the client has said goodbye too, or has not in time: one that does not read
    /// never will.
    void close(CloseCode code, String why) {
        if (isEnding.compareAndSet(false, true)) {
            closedWith = code;
            LOG.debug("close {} {}: {}", code.code(), code, why);
            writeLast(new CloseWebSocketFrame(code.code(), why));
        }
    }

    /// Says why, and closes when that has left for the client, or has not in time.
    void drop(CloseCode code, String why) {
        if (isEnding.compareAndSet(false, true)) {
            closedWith = code;
            LOG.debug("drop {} {}: {}", code.code(), code, why);
            writeLast(new CloseWebSocketFrame(code.code(), why)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// The client said goodbye, or what no WebSocket says: this is the answer, unless we closed before.
    void answer(CloseWebSocketFrame goodbye) {
        if (isEnding.compareAndSet(false, true)) {
            writeLast(goodbye).addListener(ChannelFutureListener.CLOSE);
        } else {
            goodbye.release();
            channel.close();
        }
    }

    /// Why we closed it; null when we did not.
    @Nullable
    CloseCode closedWith() {
        return closedWith;
    }

    private boolean mayWrite() {
        if (!isOpen()) {
            return false;
        }
        if (!channel.isWritable()) {
            close(CloseCode.TOO_SLOW, "the client reads too slowly");
            return false;
        }
        return true;
    }

    private ChannelFuture writeLast(CloseWebSocketFrame frame) {
        channel.eventLoop().schedule(() -> channel.close(), closeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        return channel.writeAndFlush(frame);
    }
}
