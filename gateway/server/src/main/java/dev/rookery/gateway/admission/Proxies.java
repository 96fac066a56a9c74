package dev.rookery.gateway.admission;

import java.net.InetAddress;
import java.util.List;

/// The proxies whose word is taken for whom they speak for.
public record Proxies(List<Network> networks) {

    private static final int MAX_LITERAL_LENGTH = 64;

    public Proxies {
        networks = List.copyOf(networks);
    }

    public boolean contains(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /// Whom a request comes from: each proxy adds the one who spoke to it at the end, so the last who is no proxy of
    /// ours is who speaks to them; what stands before that anybody may have written.
    ///
    /// @param peer      at the other end of the socket
    /// @param forwarded every `X-Forwarded-For`, in the order in which they came
    public InetAddress client(InetAddress peer, List<String> forwarded) {
        var hops = String.join(",", forwarded).split(",", -1);
        var client = peer;
        for (int hop = hops.length - 1; hop >= 0 && contains(client); hop--) {
            try {
                client = literal(hops[hop].strip());
            } catch (IllegalArgumentException e) {
                return client;
            }
        }
        return client;
    }

    /// Some proxies add the port: `203.0.113.7:5000`, `[2001:db8::7]:5000`.
    private static InetAddress literal(String hop) {
        if (hop.length() > MAX_LITERAL_LENGTH) {
            throw new IllegalArgumentException("address: too long (expected: at most " + MAX_LITERAL_LENGTH + ")");
        }
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return InetAddress.ofLiteral(hop.substring(1, Math.max(1, end)));
        }
        int colon = hop.indexOf(':');
        boolean isIpv4WithPort = colon > 0 && colon == hop.lastIndexOf(':');
        return InetAddress.ofLiteral(isIpv4WithPort ? hop.substring(0, colon) : hop);
    }
}
