package dev.rookery.gateway.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on the player port; whoever connects comes in by the [Entrance].
public final class GatewayServer {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final int BACKLOG = 1_024;
    /// What the kernel keeps for a client that does not read is beyond our budgets: it would be megabytes.
    private static final long MAX_UNSENT_IN_KERNEL_BYTES = 128 * 1_024;
    private static final int MIN_READ_BYTES = 64;
    private static final int FIRST_READ_BYTES = 2_048;
    /// As a frame may be large; more at once would only be more that one client has decoded before others have a turn.
    private static final int MAX_READ_BYTES = 16 * 1_024;
    private static final int GOODBYE_SECONDS = 2;
    /// Room for what one turn of the event loop writes; the bound on a slow reader is the session's.
    private static final int LOW_WATER_DIVISOR = 2;

    private final TransportSettings settings;
    private final EventLoopGroup loops;
    private final Consumer<Channel> entrance;
    private final int slowAtBytes;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private @Nullable Channel listening;

    /// @param entrance       what a connection begins with, told on its event loop
    /// @param slowAtBytes that wait for a connection from which on it counts as slow
    public GatewayServer(
            TransportSettings settings, EventLoopGroup loops, Consumer<Channel> entrance, int slowAtBytes) {
        this.settings = settings;
        this.loops = loops;
        this.entrance = entrance;
        this.slowAtBytes = slowAtBytes;
    }

    /// The threads of a gateway: as many as there are processors, for more would only take turns on them.
    public static EventLoopGroup loops() {
        return new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /// Listens.
    ///
    /// @throws IllegalStateException when the port cannot be had
    public void start() {
        Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES))
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(slowAtBytes / LOW_WATER_DIVISOR, slowAtBytes))
                .childHandler(new Initializer());
        if (Epoll.isAvailable()) {
            bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MAX_UNSENT_IN_KERNEL_BYTES);
        }
        var bound = bootstrap
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

    /// Takes nobody new.
    public void stopListening() {
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    /// Everybody who is connected.
    public ChannelGroup connections() {
        return connections;
    }

    /// Takes nobody new, and sends away whoever is still connected. The loops go on.
    public void stop() {
        stopListening();
        connections
                .writeAndFlush(new CloseWebSocketFrame(4000, "drain"))
                .awaitUninterruptibly(GOODBYE_SECONDS, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(GOODBYE_SECONDS, TimeUnit.SECONDS);
    }

    private final class Initializer extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            entrance.accept(channel);
        }
    }
}
