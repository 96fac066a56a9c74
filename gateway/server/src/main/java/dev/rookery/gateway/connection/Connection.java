package dev.rookery.gateway.connection;

import dev.rookery.gateway.protocol.CloseCode;
import dev.rookery.gateway.protocol.Dialect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way out to one client. A client that reads slowly costs a bounded number of bytes and nobody else
/// anything: at the soft limit casts to it are dropped and history waits, at the hard limit it is closed, and so
/// it is when it has had no room for too long.
///
/// May be used from any thread but where it says otherwise; what one thread writes stays in order.
public final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Channel channel;
    /// Where finished frames go in: not through the handlers that read, of which none has anything to do with them.
    private final ChannelOutboundInvoker out;
    private final SlowReaderSettings settings;
    private final HeldCasts held;
    private final Dialect dialect;
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private volatile @Nullable CloseCode closedWith;
    private @Nullable ScheduledFuture<?> stalled;
    private boolean isDirty;

    public Connection(Channel channel, Dialect dialect, SlowReaderSettings settings, ConnectionMeters meters) {
        this.channel = channel;
        var encoder = channel.pipeline().context(WebSocketFrameEncoder.class);
        this.out = encoder == null ? channel : encoder;
        this.dialect = dialect;
        this.settings = settings;
        this.held = new HeldCasts(settings.heldCasts(), meters::castsDropped);
    }

    /// A client for whom as much waits as may gets nothing more, whatever it is: it is closed.
    public void write(String frame) {
        if (mayWrite()) {
            out.writeAndFlush(TextFrames.encode(channel.alloc(), dialect.write(frame)));
        }
    }

    /// Takes the ping's content over.
    public void pong(ByteBuf content) {
        if (mayWrite()) {
            channel.writeAndFlush(new PongWebSocketFrame(content));
        } else {
            content.release();
        }
    }

    /// Writes what many are given, one frame or several, as [TextFrames] made it, without sending it off: see
    /// [#flush()]. On the
    /// connection's loop.
    ///
    /// @param frame stays the caller's
    public void writeShared(ByteBuf frame) {
        if (mayWrite()) {
            out.write(own(frame), channel.voidPromise());
            isDirty = true;
        }
    }

    /// Like [#writeShared], for what is worth something only while it is fresh. On the connection's loop.
    ///
    /// @param frame stays the caller's
    /// @param count how many casts it is
    public void cast(ByteBuf frame, int count) {
        if (!isOpen()) {
            return;
        }
        if (held.isEmpty() && channel.isWritable()) {
            out.write(own(frame), channel.voidPromise());
            isDirty = true;
        } else {
            held.add(own(frame), count);
        }
    }

    /// Sends off what was written. On the connection's loop.
    public void flush() {
        if (isDirty) {
            isDirty = false;
            out.flush();
        }
    }

    /// Whether there is something to flush. On the connection's loop.
    public boolean isDirty() {
        return isDirty;
    }

    /// The client has room again, or has none any more. On the connection's loop.
    public void writabilityChanged() {
        if (!channel.isWritable()) {
            if (stalled == null && isOpen()) {
                stalled = channel.eventLoop()
                        .schedule(this::stalled, settings.stallTimeout().toMillis(), TimeUnit.MILLISECONDS);
            }
            return;
        }
        forgetStall();
        while (channel.isWritable() && isOpen()) {
            var frame = held.next();
            if (frame == null) {
                break;
            }
            out.write(frame, channel.voidPromise());
            isDirty = true;
        }
        flush();
    }

    /// The channel is gone. On the connection's loop.
    public void gone() {
        forgetStall();
        held.clear();
    }

    /// Runs when all that was written has left for the client; never when the connection ends before that.
    public void whenFlushed(Runnable then) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                then.run();
            }
        });
    }

    /// Whether there is room for what can wait, such as history: what is above the soft limit is for what cannot.
    public boolean hasRoom() {
        return channel.isWritable();
    }

    /// Where the connection's own work runs.
    public EventLoop loop() {
        return channel.eventLoop();
    }

    public boolean isOpen() {
        return !isEnding.get() && channel.isActive();
    }

    /// Says why, and closes when the client has said goodbye too, or has not in time: one that does not read
    /// never will.
    public void close(CloseCode code, String why) {
        if (isEnding.compareAndSet(false, true)) {
            closedWith = code;
            LOG.debug("close {} {}: {}", code.code(), code, why);
            writeLast(new CloseWebSocketFrame(code.code(), why));
        }
    }

    /// Says why, and closes when that has left for the client, or has not in time.
    public void drop(CloseCode code, String why) {
        if (isEnding.compareAndSet(false, true)) {
            closedWith = code;
            LOG.debug("drop {} {}: {}", code.code(), code, why);
            writeLast(new CloseWebSocketFrame(code.code(), why)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// The client said goodbye, or what no WebSocket says: this is the answer, unless we closed before.
    public void answer(CloseWebSocketFrame goodbye) {
        if (isEnding.compareAndSet(false, true)) {
            writeLast(goodbye).addListener(ChannelFutureListener.CLOSE);
        } else {
            goodbye.release();
            channel.close();
        }
    }

    /// Why we closed it; null when we did not.
    public @Nullable CloseCode closedWith() {
        return closedWith;
    }

    private boolean mayWrite() {
        if (!isOpen()) {
            return false;
        }
        if (!channel.isWritable() && unsent() > settings.hardLimit()) {
            close(CloseCode.TOO_SLOW, "the client reads too slowly");
            return false;
        }
        return true;
    }

    /// The frame itself where it can be shared, else what it is in the client's dialect.
    private ByteBuf own(ByteBuf shared) {
        if (dialect.isNative()) {
            return shared.retainedDuplicate();
        }
        var own = channel.alloc().ioBuffer();
        for (var text : TextFrames.decode(shared)) {
            var frame = TextFrames.encode(channel.alloc(), dialect.write(text));
            own.writeBytes(frame);
            frame.release();
        }
        return own;
    }

    private long unsent() {
        return channel.bytesBeforeWritable() + channel.config().getWriteBufferLowWaterMark();
    }

    private void stalled() {
        stalled = null;
        close(CloseCode.TOO_SLOW, "the client does not read");
    }

    private void forgetStall() {
        if (stalled != null) {
            stalled.cancel(false);
            stalled = null;
        }
    }

    private ChannelFuture writeLast(CloseWebSocketFrame frame) {
        channel.eventLoop()
                .schedule(() -> channel.close(), settings.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        return channel.writeAndFlush(frame);
    }
}
