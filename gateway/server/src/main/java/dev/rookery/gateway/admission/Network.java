package dev.rookery.gateway.admission;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// Addresses that begin with the same bits. IPv4 is seen as the part of IPv6 that it is mapped to (RFC 4291, section
/// 2.5.5.2), so that an address has one form.
///
/// @param high the first 64 bits; those that are not of the prefix are dropped
/// @param low  the last 64 bits, likewise
/// @param bits of the prefix, 0..128; of IPv4 96 more than one writes
public record Network(long high, long low, int bits) {

    private static final int HALF_BITS = 64;
    private static final int MAX_BITS = 128;
    private static final int IPV4_BITS = 32;
    private static final long IPV4_MAPPED = 0x0000_ffff_0000_0000L;

    public Network {
        if (bits < 0 || bits > MAX_BITS) {
            throw new IllegalArgumentException("bits: " + bits + " (expected: 0..128)");
        }
        high &= mask(bits);
        low &= mask(bits - HALF_BITS);
    }

    /// @param text `10.0.0.0/8`, `2001:db8::/32`, or an address alone
    /// @throws IllegalArgumentException when it is none
    public static Network of(String text) {
        int slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int max = address instanceof Inet4Address ? IPV4_BITS : MAX_BITS;
            int bits = slash < 0 ? max : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > max) {
                throw new IllegalArgumentException("bits: " + bits + " (expected: 0.." + max + ")");
            }
            return of(address, bits + MAX_BITS - max);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "network: " + text + " (expected: an address, or one such as 10.0.0.0/8)", e);
        }
    }

    /// Whom a limit is for: an IPv4 address, and of IPv6 the 64 bits that a subscriber is given as a whole.
    static Network subscriber(InetAddress address) {
        return of(address, address instanceof Inet4Address ? MAX_BITS : HALF_BITS);
    }

    boolean contains(InetAddress address) {
        return of(address, bits).equals(this);
    }

    private static Network of(InetAddress address, int bits) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? new Network(0, IPV4_MAPPED | Integer.toUnsignedLong(bytes.getInt()), bits)
                : new Network(bytes.getLong(), bytes.getLong(), bits);
    }

    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= HALF_BITS ? -1 : -1L << (HALF_BITS - bits);
    }
}
