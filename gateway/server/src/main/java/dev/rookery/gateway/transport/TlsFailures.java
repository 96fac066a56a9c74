package dev.rookery.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands behind TLS for as long as the connection lasts: what breaks there is the client's doing, never news for
/// those behind.
final class TlsFailures extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(TlsFailures.class);

    private final EdgeMeters meters;

    TlsFailures(EdgeMeters meters) {
        this.meters = meters;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            meters.attempted(EdgeMeters.Outcome.TLS, errorType(handshake.cause()));
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if ((cause instanceof DecoderException ? cause.getCause() : cause) instanceof SSLException) {
            LOG.debug("{}: {}", Peer.address(context.channel()), cause.toString());
            context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    private static String errorType(Throwable cause) {
        return switch (cause) {
            case SslHandshakeTimeoutException _ -> "timeout";
            case NotSslRecordException _ -> "not-tls";
            case ClosedChannelException _ -> "closed";
            default -> "handshake";
        };
    }
}
