package dev.rookery.gateway.limits;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads one connection no faster than it may send: above its rate nothing is read until there is room again, so
/// the network slows the sender down and what it would like to send costs nothing here. Who sends as fast as it is
/// read for too long has it in mind: [Flooding] is told, once.
///
/// Whoever sends much at once, within its rate, does not keep the event loop for long either: after some of its
/// frames the others on the loop have their turn.
///
/// Needs a [io.netty.handler.flow.FlowControlHandler] before it, which keeps what was decoded already. Bytes are
/// counted as they come, at the head of the pipeline, because not all of them become frames.
///
/// One a connection, on its event loop.
public final class InboundLimit extends ChannelInboundHandlerAdapter {

    /// Frames of one connection in one turn of its loop.
    private static final int MAX_TOGETHER = 32;

    private final LimitSettings settings;
    private final TokenBucket frames;
    private final TokenBucket bytes;
    private @Nullable Future<?> resuming;
    private int together;
    private long pressedSinceNanos;
    private boolean isPressed;
    private boolean isFlooding;

    /// The client sends more than it may and does not stop.
    public record Flooding() {}

    public InboundLimit(LimitSettings settings) {
        long now = System.nanoTime();
        this.settings = settings;
        this.frames = settings.frames(now);
        this.bytes = settings.bytes(now);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.pipeline().addFirst(new ByteCounter(context));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (resuming != null) {
            resuming.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        frames.owe(1, System.nanoTime());
        // Before the frame goes on: what it leads to must not read more.
        pauseIfOwing(context);
        together++;
        if (together >= MAX_TOGETHER) {
            pause(context, 0);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        together = 0;
        context.fireChannelReadComplete();
    }

    private void pauseIfOwing(ChannelHandlerContext context) {
        long now = System.nanoTime();
        long waitNanos = Math.max(frames.nanosUntilNoneOwed(now), bytes.nanosUntilNoneOwed(now));
        if (waitNanos == 0) {
            isPressed &= !(frames.isHalfFull(now) && bytes.isHalfFull(now));
            return;
        }
        pause(context, waitNanos);
        press(context, now);
    }

    private void pause(ChannelHandlerContext context, long nanos) {
        if (resuming == null) {
            resuming = context.executor().schedule(() -> resume(context), nanos, TimeUnit.NANOSECONDS);
            context.channel().config().setAutoRead(false);
        }
    }

    private void resume(ChannelHandlerContext context) {
        resuming = null;
        together = 0;
        long now = System.nanoTime();
        long waitNanos = Math.max(frames.nanosUntilNoneOwed(now), bytes.nanosUntilNoneOwed(now));
        if (waitNanos > 0) {
            resuming = context.executor().schedule(() -> resume(context), waitNanos, TimeUnit.NANOSECONDS);
        } else {
            context.channel().config().setAutoRead(true);
        }
    }

    private void press(ChannelHandlerContext context, long now) {
        if (!isPressed) {
            isPressed = true;
            pressedSinceNanos = now;
        } else if (!isFlooding && now - pressedSinceNanos > settings.patience().toNanos()) {
            isFlooding = true;
            context.fireUserEventTriggered(new Flooding());
        }
    }

    /// At the head of the pipeline, where it also keeps back what decoders would read for the rest of a message:
    /// one that never ends would be read for ever.
    private final class ByteCounter extends ChannelDuplexHandler {

        private final ChannelHandlerContext limit;

        ByteCounter(ChannelHandlerContext limit) {
            this.limit = limit;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf read) {
                bytes.owe(read.readableBytes(), System.nanoTime());
                pauseIfOwing(limit);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void read(ChannelHandlerContext context) {
            if (resuming == null) {
                context.read();
            }
        }
    }
}
