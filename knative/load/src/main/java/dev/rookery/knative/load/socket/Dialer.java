package dev.rookery.knative.load.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens connections over a fixed number of event loops, each connection on the one that it is given.
public final class Dialer implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_BYTES = 64 << 10;
    private static final int CLOSE_SECONDS = 5;
    private static final int NARROW_BYTES = 8 << 10;
    private static final int AN_ADDRESS = 25;
    private static final boolean IS_LINUX = System.getProperty("os.name").equals("Linux");

    private final MultiThreadIoEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();
    private final Class<? extends Channel> type;

    /// @param threads event loops, at least 1
    public Dialer(int threads) {
        boolean epoll = Epoll.isAvailable();
        type = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        group = new MultiThreadIoEventLoopGroup(
                threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        group.forEach(loop -> loops.add((EventLoop) loop));
    }

    public List<EventLoop> loops() {
        return List.copyOf(loops);
    }

    /// Dials; what comes of it is told to the listener, on the loop, in any case.
    ///
    /// @param number of the connection: a server that limits what one address may do is to see many, as it would
    ///               where players are. On Linux 25 connections share an address of 127.0.0.0/8
    public void dial(EventLoop loop, int number, InetSocketAddress to, Upgrade upgrade, Listener listener) {
        dial(bootstrap(loop), number, to, upgrade, listener);
    }

    /// Dials with a small receive buffer of the system, so that whoever stops reading is soon felt by the server.
    public void dialNarrow(EventLoop loop, int number, InetSocketAddress to, Upgrade upgrade, Listener listener) {
        dial(bootstrap(loop).option(ChannelOption.SO_RCVBUF, NARROW_BYTES), number, to, upgrade, listener);
    }

    private static void dial(
            Bootstrap bootstrap, int number, InetSocketAddress to, Upgrade upgrade, Listener listener) {
        var wire = new Wire(listener, upgrade.request(to.getHostString() + ":" + to.getPort()));
        bootstrap.handler(wire).connect(to, from(number, to)).addListener(connected -> {
            if (!connected.isSuccess()) {
                wire.failed(connected.cause());
            }
        });
    }

    private static @Nullable SocketAddress from(int number, InetSocketAddress to) {
        if (!IS_LINUX || !to.getAddress().isLoopbackAddress()) {
            return null;
        }
        int host = number / AN_ADDRESS;
        var literal = "127." + (1 + host / 62_500) + "." + host / 250 % 250 + "." + (1 + host % 250);
        return new InetSocketAddress(InetAddress.ofLiteral(literal), 0);
    }

    private Bootstrap bootstrap(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true);
    }

    /// Lets every connection go without a word.
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
