package dev.rookery.gateway.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/// What a client does wrong that Netty's own handlers let pass, or tell as if it were our failure.
@ChannelHandler.Sharable
final class ClientFaults extends ChannelInboundHandlerAdapter {

    static final ClientFaults INSTANCE = new ClientFaults();

    private static final int MAX_CODE = 4_999;

    private ClientFaults() {}

    /// A client may say goodbye with a code up to 4999 (RFC 6455, section 7.4.2); we would answer with any other.
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof CloseWebSocketFrame goodbye && goodbye.statusCode() > MAX_CODE) {
            int code = goodbye.statusCode();
            goodbye.release();
            context.fireExceptionCaught(new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR,
                    "close code: " + code + " (expected: up to " + MAX_CODE + ")"));
        } else {
            context.fireChannelRead(message);
        }
    }

    /// A client may go in the middle of a message; it is gone, and that is all.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof PrematureChannelClosureException)) {
            context.fireExceptionCaught(cause);
        }
    }
}
