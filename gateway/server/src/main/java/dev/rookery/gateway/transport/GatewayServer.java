package dev.rookery.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on the player port. Whoever connects has a bounded time to ask for something, in a bounded size.
public final class GatewayServer {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final int MAX_REQUEST_BYTES = 8_192;
    private static final int BACKLOG = 1_024;
    private static final int GOODBYE_SECONDS = 2;
    /// Room for what one turn of the event loop writes; the bound on a slow reader is the session's.
    private static final int LOW_WATER_DIVISOR = 2;

    private final TransportSettings settings;
    private final EventLoopGroup loops;
    private final Supplier<RequestHandler> handlers;
    private final int maxUnsentBytes;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private @Nullable Channel listening;

    /// @param handlers       one for each connection
    /// @param maxUnsentBytes from which a connection counts as slow
    public GatewayServer(
            TransportSettings settings, EventLoopGroup loops, Supplier<RequestHandler> handlers, int maxUnsentBytes) {
        this.settings = settings;
        this.loops = loops;
        this.handlers = handlers;
        this.maxUnsentBytes = maxUnsentBytes;
    }

    /// The threads of a gateway: as many as there are processors.
    public static EventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /// Listens.
    ///
    /// @throws IllegalStateException when the port cannot be had
    public void start() {
        Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(maxUnsentBytes / LOW_WATER_DIVISOR, maxUnsentBytes))
                .childHandler(new Initializer())
                .bind(new InetSocketAddress(settings.address(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "port: " + settings.port() + " of " + settings.address() + " cannot be had: "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
        LOG.info("listening on {}", listening.localAddress());
    }

    public boolean isListening() {
        return listening != null && listening.isActive();
    }

    /// @throws IllegalStateException when it does not listen
    public int port() {
        if (listening == null) {
            throw new IllegalStateException("the gateway does not listen");
        }
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /// Takes nobody new and tells everybody to go on elsewhere. Draining at a pace comes before this one day.
    public void stop() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
        connections
                .writeAndFlush(new CloseWebSocketFrame(4000, "drain"))
                .awaitUninterruptibly(GOODBYE_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(GOODBYE_SECONDS, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, GOODBYE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(GOODBYE_SECONDS, TimeUnit.SECONDS);
    }

    private final class Initializer extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                    .addLast(handlers.get());
        }
    }
}
