package dev.rookery.knative.load.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/// One WebSocket, from the upgrade to its end.
///
/// Used on its event loop alone. What is sent goes out with the next [#flush], so that a burst is one system call.
public final class Wire extends ChannelInboundHandlerAdapter implements Inflow.Messages {

    private static final int SCRATCH_BYTES = 64 << 10;

    /// Read buffers are outside the heap; messages are looked at in an array, one an event loop.
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[SCRATCH_BYTES];
        }
    };

    private final Listener listener;
    private final byte[] request;
    private final Inflow inflow = new Inflow();
    private byte @Nullable [] head = {};
    private @Nullable Channel channel;
    private @Nullable Ending ending;
    private boolean hasEnded;

    Wire(Listener listener, byte[] request) {
        this.listener = listener;
        this.request = request;
    }

    /// Writes a text message; nothing is written once the connection is gone.
    public void send(byte[] text) {
        if (channel != null) {
            channel.write(Outflow.text(channel.alloc(), text), channel.voidPromise());
        }
    }

    public void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    /// What was sent and has not left this process: a bound for who sends whatever the server does.
    public boolean isClogged() {
        return channel != null && !channel.isWritable();
    }

    /// As a reader whose application hangs.
    public void stopReading() {
        if (channel != null) {
            channel.config().setAutoRead(false);
        }
    }

    public void readOn() {
        if (channel != null) {
            channel.config().setAutoRead(true);
        }
    }

    /// Says goodbye, and does not wait for the answer.
    public void close() {
        if (channel != null) {
            if (ending == null) {
                ending = new Ending(Ending.GOODBYE, "goodbye", 0);
            }
            channel.writeAndFlush(Outflow.close(channel.alloc(), Ending.GOODBYE))
                    .addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// Goes without a word, as a connection that the network lost.
    public void cut() {
        if (channel != null && channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    void failed(Throwable why) {
        end(Ending.lost(String.valueOf(why.getMessage())));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        context.writeAndFlush(context.alloc().buffer(request.length).writeBytes(request));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        try {
            while (in.isReadable() && context.channel().isOpen()) {
                var scratch = SCRATCH.get();
                int length = Math.min(in.readableBytes(), scratch.length);
                in.readBytes(scratch, 0, length);
                take(scratch, length);
            }
        } catch (BrokenWireException e) {
            ending = new Ending(Ending.BROKEN, String.valueOf(e.getMessage()), 0);
            context.close();
        } finally {
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end(ending == null ? Ending.lost("no goodbye") : ending);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof java.io.IOException)) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
        }
        if (ending == null) {
            ending = Ending.lost(String.valueOf(cause.getMessage()));
        }
        context.close();
    }

    @Override
    public void text(byte[] bytes, int from, int to) {
        listener.text(this, bytes, from, to);
    }

    @Override
    public void ping(byte[] bytes, int from, int to) {
        if (channel != null) {
            channel.writeAndFlush(Outflow.pong(channel.alloc(), bytes, from, to), channel.voidPromise());
        }
    }

    @Override
    public void close(int code, String reason) {
        ending = new Ending(code, reason, 0);
        close();
    }

    private void take(byte[] bytes, int length) throws BrokenWireException {
        if (head == null) {
            inflow.take(bytes, 0, length, this);
            return;
        }
        var all = new byte[head.length + length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(bytes, 0, all, head.length, length);
        head = all;
        var answer = Upgrade.read(all, all.length);
        if (answer == null) {
            return;
        }
        head = null;
        if (answer.ending() != null) {
            ending = answer.ending();
            cut();
            return;
        }
        listener.opened(this);
        inflow.take(all, answer.headEnds(), all.length, this);
    }

    private void end(Ending how) {
        if (!hasEnded) {
            hasEnded = true;
            channel = null;
            listener.closed(how);
        }
    }
}
