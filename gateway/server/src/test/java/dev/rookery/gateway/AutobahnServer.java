package dev.rookery.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.util.Map;

/// What the Autobahn suite speaks to: the player port with an echo behind it. The suite asks for `/`, offers no
/// subprotocol and wants none, and sends messages of up to 16 MB; nothing else differs from what players meet.
public final class AutobahnServer {

    private static final int MAX_FRAME_BYTES = 17 * 1_024 * 1_024;

    private AutobahnServer() {}

    /// @param arguments the port
    public static void main(String[] arguments) {
        new EchoServer(
                Map.of("admission.origins", "*"),
                Integer.parseInt(arguments[0]),
                MAX_FRAME_BYTES,
                AutobahnServer::translate);
    }

    private static void translate(Channel channel) {
        var pipeline = channel.pipeline();
        pipeline.addAfter(pipeline.context(HttpObjectAggregator.class).name(), null, new Translation());
    }

    private static final class Translation extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof FullHttpRequest request) {
                request.setUri("/v1/connect");
                request.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "rookery.v1.json");
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof FullHttpResponse response) {
                response.headers().remove(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
            }
            context.write(message, promise);
        }
    }
}
