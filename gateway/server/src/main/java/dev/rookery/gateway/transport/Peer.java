package dev.rookery.gateway.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The address that counts for a connection: the other end of the socket, or whom a named proxy speaks for.
final class Peer {

    private static final AttributeKey<InetAddress> ADDRESS = AttributeKey.valueOf(Peer.class, "address");

    private Peer() {}

    static InetAddress address(Channel channel) {
        var told = channel.attr(ADDRESS).get();
        if (told != null) {
            return told;
        }
        // Null when the socket went before it was looked at; nobody is answered then.
        return channel.remoteAddress() instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    static void tell(Channel channel, InetAddress address) {
        channel.attr(ADDRESS).set(address);
    }
}
