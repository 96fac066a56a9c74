package dev.rookery.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes from a named proxy's PROXY header whom it speaks for. A proxy that speaks for itself, such as to see whether
/// we are there, counts as itself; one that says nothing is closed.
final class ProxiedHandler extends SimpleChannelInboundHandler<HAProxyMessage> {

    private static final Logger LOG = LoggerFactory.getLogger(ProxiedHandler.class);

    private final EdgeMeters meters;
    private boolean isRefused;

    ProxiedHandler(EdgeMeters meters) {
        this.meters = meters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage message) {
        if (isInternet(message.proxiedProtocol()) && message.sourceAddress() != null) {
            Peer.tell(context.channel(), InetAddress.ofLiteral(message.sourceAddress()));
        }
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof HAProxyProtocolException)) {
            context.fireExceptionCaught(cause);
        } else if (!isRefused) {
            // What is left of the bytes is looked at once more as the connection ends.
            isRefused = true;
            LOG.warn("proxy {}: no PROXY header: {}", context.channel().remoteAddress(), cause.getMessage());
            meters.attempted(EdgeMeters.Outcome.PROXY, "header");
            context.close();
        }
    }

    private static boolean isInternet(HAProxyProxiedProtocol protocol) {
        return switch (protocol.addressFamily()) {
            case AF_IPv4, AF_IPv6 -> true;
            case AF_UNSPEC, AF_UNIX -> false;
        };
    }
}
