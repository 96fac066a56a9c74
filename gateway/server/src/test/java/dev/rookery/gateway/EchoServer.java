package dev.rookery.gateway;

import dev.rookery.gateway.admission.Admission;
import dev.rookery.gateway.admission.AdmissionSettings;
import dev.rookery.gateway.admission.Origins;
import dev.rookery.gateway.protocol.RookeryJson;
import dev.rookery.gateway.tls.Certificates;
import dev.rookery.gateway.tls.TlsSettings;
import dev.rookery.gateway.transport.EdgeMeters;
import dev.rookery.gateway.transport.Entrance;
import dev.rookery.gateway.transport.GatewayServer;
import dev.rookery.gateway.transport.Pages;
import dev.rookery.gateway.transport.TransportSettings;
import dev.rookery.gateway.transport.Upgrade;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// The player port as it is, with an echo behind it instead of sessions: for what is to be shown of the port alone.
final class EchoServer implements AutoCloseable {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final @Nullable Certificates certificates;
    private final EventLoopGroup loops;
    private final GatewayServer server;

    /// On a free port.
    ///
    /// @param settings `admission.max-waiting` and the like
    static EchoServer start(Map<String, String> settings) {
        return new EchoServer(settings, 0, 16_384, _ -> {});
    }

    /// On a free port, with a browser client.
    static EchoServer start(Pages pages) {
        return new EchoServer(Map.of(), 0, 16_384, _ -> {}, pages);
    }

    /// @param port          0 for a free one
    /// @param maxFrameBytes of a message
    /// @param afterEntrance what else a connection begins with
    EchoServer(Map<String, String> settings, int port, int maxFrameBytes, Consumer<Channel> afterEntrance) {
        this(settings, port, maxFrameBytes, afterEntrance, Pages.of(Map.of()));
    }

    private EchoServer(
            Map<String, String> settings, int port, int maxFrameBytes, Consumer<Channel> afterEntrance, Pages pages) {
        var properties = new HashMap<String, String>();
        settings.forEach((name, value) -> properties.put("rookery." + name, value));
        properties.put("rookery.transport.address", "127.0.0.1");
        properties.put("rookery.transport.port", String.valueOf(port));
        var binder = new Binder(new MapConfigurationPropertySource(properties));
        var admission = binder.bindOrCreate("rookery.admission", AdmissionSettings.class);
        var transport = binder.bindOrCreate("rookery.transport", TransportSettings.class);
        certificates = Certificates.of(binder.bindOrCreate("rookery.tls", TlsSettings.class))
                .orElse(null);
        var door = new Admission(admission, System::nanoTime, new Random());
        var upgrade = new Upgrade(
                door,
                new Origins(admission.origins()),
                maxFrameBytes,
                List.of(new RookeryJson()),
                _ -> List.<ChannelHandler>of(new Echo()));
        var entrance = new Entrance(
                transport.requestTimeout(),
                door,
                admission,
                certificates,
                upgrade,
                null,
                pages,
                new EdgeMeters(meters, door));
        loops = GatewayServer.loops();
        server = new GatewayServer(transport, loops, entrance.andThen(afterEntrance), 4 * maxFrameBytes);
        server.start();
    }

    int port() {
        return server.port();
    }

    /// Attempts that ended so.
    double attempts(String outcome, String errorType) {
        var counter = meters.find("rookery.gateway.connection.attempts")
                .tags("outcome", outcome, "error.type", errorType)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    double connections(String state) {
        return meters.get("rookery.gateway.active_connections")
                .tag("state", state)
                .gauge()
                .value();
    }

    @Override
    public void close() {
        server.stop();
        loops.shutdownGracefully();
        if (certificates != null) {
            certificates.close();
        }
    }

    private static final class Echo extends SimpleChannelInboundHandler<WebSocketFrame> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            switch (frame) {
                case TextWebSocketFrame _, BinaryWebSocketFrame _ -> context.writeAndFlush(frame.retain());
                case PingWebSocketFrame ping ->
                    context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
                case PongWebSocketFrame _ -> {}
                case CloseWebSocketFrame _ -> end(context, (CloseWebSocketFrame) frame.retain());
                default -> end(context, new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            switch (cause) {
                case CorruptedWebSocketFrameException e -> end(context, new CloseWebSocketFrame(e.closeStatus()));
                case CorruptedFrameException _ ->
                    end(context, new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR));
                case TooLongFrameException _ ->
                    end(context, new CloseWebSocketFrame(WebSocketCloseStatus.MESSAGE_TOO_BIG));
                default -> context.close();
            }
        }

        private static void end(ChannelHandlerContext context, CloseWebSocketFrame goodbye) {
            context.writeAndFlush(goodbye).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
