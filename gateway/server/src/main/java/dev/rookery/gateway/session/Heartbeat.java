package dev.rookery.gateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/// Pings one client when it is told to and tells when it is silent for two intervals; whatever it sends counts.
final class Heartbeat extends ChannelInboundHandlerAdapter {

    private static final int SILENT_INTERVALS = 2;

    /// A finished frame (RFC 6455, section 5.5.2) without content.
    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeByte(0x89).writeByte(0));

    private final Heartbeats heartbeats;
    private @Nullable ChannelHandlerContext context;
    private int slot;
    private int index;
    private int silentIntervals;

    /// The client has been silent for too long.
    record Silent() {}

    Heartbeat(Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        heartbeats.wheel(added.executor()).add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        context = null;
        heartbeats.wheel(removed.executor()).remove(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        silentIntervals = 0;
        reading.fireChannelRead(message);
    }

    void place(int inSlot, int atIndex) {
        slot = inSlot;
        index = atIndex;
    }

    int slot() {
        return slot;
    }

    int index() {
        return index;
    }

    void beat() {
        if (context == null || !context.channel().isActive()) {
            return;
        }
        // Of a connection that is not read for the moment nothing can be told.
        if (context.channel().config().isAutoRead()) {
            if (silentIntervals == SILENT_INTERVALS) {
                context.fireUserEventTriggered(new Silent());
            }
            silentIntervals++;
        }
        if (silentIntervals <= SILENT_INTERVALS) {
            context.writeAndFlush(PING.duplicate(), context.voidPromise());
        }
    }
}
