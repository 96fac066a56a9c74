package dev.rookery.knative.load.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway on a real socket that decides nothing: the test says what it sends, and sees what comes.
public final class ScriptedGateway implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long BOUND_SECONDS = 60;
    private static final int NONE = -1;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<Client> clients = new LinkedBlockingQueue<>();
    private final AtomicInteger refusal = new AtomicInteger(NONE);
    private final Channel listening;

    public ScriptedGateway() {
        listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 16), new Upgrade());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort());
    }

    /// The next upgrade is answered with 503 and this `Retry-After`.
    public void refuseNextFor(int seconds) {
        refusal.set(seconds);
    }

    /// The next client who connects.
    public Client next() throws InterruptedException {
        var client = clients.poll(BOUND_SECONDS, TimeUnit.SECONDS);
        assertThat(client).as("a client that connects").isNotNull();
        return client;
    }

    /// The next client, welcomed.
    Client nextWelcomed(String epoch, long seq, boolean resumed) throws InterruptedException {
        var client = next();
        client.hello();
        client.welcome(epoch, seq, resumed);
        return client;
    }

    boolean hasWaitingClient() {
        return !clients.isEmpty();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// One connection.
    public static final class Client {

        private final Channel channel;
        private final String subprotocol;
        private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        private final AtomicInteger pings = new AtomicInteger();
        private volatile boolean answersPings = true;
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        Client(Channel channel, String subprotocol) {
            this.channel = channel;
            this.subprotocol = subprotocol;
            channel.closeFuture().addListener(gone -> closed.complete(0));
        }

        int pings() {
            return pings.get();
        }

        void answerNoPings() {
            answersPings = false;
        }

        String subprotocol() {
            return subprotocol;
        }

        /// The next frame.
        public JsonNode receive() throws InterruptedException {
            var frame = received.poll(BOUND_SECONDS, TimeUnit.SECONDS);
            assertThat(frame).as("a frame from the client").isNotNull();
            return frame;
        }

        public JsonNode hello() throws InterruptedException {
            var hello = receive();
            assertThat(hello.path("op").asString()).isEqualTo("hello");
            return hello;
        }

        /// The id of the next frame.
        public String receiveId() throws InterruptedException {
            return receive().path("id").asString();
        }

        public void welcome(String epoch, long seq, boolean resumed) {
            welcome(epoch, seq, resumed, 32, 15_000);
        }

        void welcome(String epoch, long seq, boolean resumed, int pending, long heartbeatMillis) {
            send("""
                    {"op":"welcome","player":"p-7","session":"s-1","epoch":"%s","seq":%d,"resumed":%b,\
                    "heartbeatMillis":%d,"limits":{"pending":%d}}""".formatted(epoch, seq, resumed, heartbeatMillis, pending));
        }

        /// The event that decides a command.
        public void decide(long seq, String command) {
            send(event(seq, command, false));
        }

        void repeat(long seq, String command) {
            send(event(seq, command, true));
        }

        void sendBack(String id, String code, boolean retryable) {
            send("""
                    {"op":"error","re":"%s","code":"%s","message":"m","retryable":%b,"retryAfterMillis":1}""".formatted(id, code, retryable));
        }

        public void send(String frame) {
            channel.writeAndFlush(new TextWebSocketFrame(frame)).syncUninterruptibly();
        }

        public void close(int code) {
            channel.writeAndFlush(new CloseWebSocketFrame(code, "told so"))
                    .addListener(ChannelFutureListener.CLOSE)
                    .syncUninterruptibly();
        }

        /// Without a goodbye.
        public void drop() {
            channel.close().syncUninterruptibly();
        }

        /// Completed with the client's close code; with 0 when it went without one.
        public CompletableFuture<Integer> closed() {
            return closed;
        }

        private static String event(long seq, String command, boolean repeat) {
            return """
                    {"op":"event","seq":%d,%s"id":"e-%s","type":"wallet.deposited","re":"%s","outcome":"done","data":{}}""".formatted(seq, repeat ? "\"repeat\":true," : "", command, command);
        }
    }

    private final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            int seconds = refusal.getAndSet(NONE);
            if (seconds != NONE) {
                var response =
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SERVICE_UNAVAILABLE);
                response.headers().set(HttpHeaderNames.RETRY_AFTER, seconds).set(HttpHeaderNames.CONTENT_LENGTH, 0);
                context.writeAndFlush(response);
                return;
            }
            var client = new Client(
                    context.channel(), String.valueOf(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)));
            new WebSocketServerHandshakerFactory(request.uri(), PlayerConnection.SUBPROTOCOL, false)
                    .newHandshaker(request)
                    .handshake(context.channel(), request);
            context.pipeline().addLast(new Frames(client));
            context.pipeline().remove(this);
            clients.add(client);
        }
    }

    private static final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {

        private final Client client;

        Frames(Client client) {
            this.client = client;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof PingWebSocketFrame) {
                client.pings.incrementAndGet();
                if (client.answersPings) {
                    context.writeAndFlush(new PongWebSocketFrame());
                }
            } else if (frame instanceof TextWebSocketFrame text) {
                client.received.add(JSON.readTree(text.text()));
            } else if (frame instanceof CloseWebSocketFrame close) {
                client.closed.complete(close.statusCode());
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
