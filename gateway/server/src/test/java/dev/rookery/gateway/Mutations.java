package dev.rookery.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a client may send that no client should, drawn at random: the same draws, the same bytes.
final class Mutations {

    private static final int CONTINUATION = 0;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    /// Some that a client may say, then some that nobody may (RFC 6455, section 7.4).
    private static final List<Integer> CODES =
            List.of(1_000, 1_001, 3_000, 4_999, 0, 999, 1_004, 1_005, 1_006, 1_015, 2_999, 5_000, 65_535);
    private static final List<String> FRAMES = List.of(
            "{\"op\":\"command\",\"id\":\"c-1\",\"type\":\"probe.act\",\"data\":{\"step\":1}}",
            "{\"op\":\"query\",\"id\":\"q-1\",\"type\":\"probe.look\",\"data\":{}}",
            "{\"op\":\"join\",\"id\":\"j-1\",\"room\":\"open:lobby\",\"since\":{\"epoch\":\"e1\",\"seq\":7}}",
            "{\"op\":\"leave\",\"id\":\"l-1\",\"room\":\"open:lobby\"}",
            "{\"op\":\"cast\",\"room\":\"open:lobby\",\"data\":{\"x\":1.5,\"y\":[true,null]}}",
            "{\"op\":\"ping\",\"at\":1732442400123}",
            "{\"op\":\"ack\",\"seq\":41}",
            "{\"op\":\"hello\",\"token\":\"t\",\"resume\":{\"epoch\":\"e1\",\"seq\":41}}");
    private static final List<String> VALUES = List.of(
            "1e999999999",
            "-1e-999999999",
            "9".repeat(900),
            "0." + "1".repeat(900),
            "\"\\ud800\"",
            "\"\\u0000\"",
            "NaN",
            "[]",
            "{}",
            "\"" + "x".repeat(5_000) + "\"",
            "[".repeat(400) + "]".repeat(400),
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
            "{\"a\":1,\"a\":2}",
            "9223372036854775808",
            "-9223372036854775809",
            "true");
    private static final List<String> HEADERS = List.of(
            "X-Forwarded-For: 203.0.113.7, unknown, [::1",
            "X-Forwarded-For: " + "1,".repeat(2_000),
            "Origin: null",
            "Origin: https://evil.example",
            "Origin: ://",
            "Host: other",
            "Connection: close",
            "Upgrade: h2c",
            "Sec-WebSocket-Key: short",
            "Sec-WebSocket-Version: 8",
            "Sec-WebSocket-Version: x",
            "Sec-WebSocket-Protocol: ,,",
            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99",
            "Cookie: " + "x".repeat(9_000),
            "X: a\r\n folded",
            "X: \u0000",
            ": nameless",
            "nothing",
            "Authorization: Bearer " + "x".repeat(3_000));
    private static final List<String> BODIES = List.of(
            "Content-Length: 5",
            "Content-Length: 99999999999999999999",
            "Content-Length: -1",
            "Content-Length: 9000",
            "Transfer-Encoding: chunked",
            "Expect: 100-continue");
    private static final List<String> LINES = List.of(
            "GET / HTTP/1.1",
            "GET /v1/connect HTTP/1.0",
            "GET /v1/connect HTTP/2.0",
            "POST /v1/connect HTTP/1.1",
            "POST /v1/dev/token HTTP/1.1",
            "GET /v1/connect?token=x HTTP/1.1",
            "GET /" + "x".repeat(5_000) + " HTTP/1.1",
            "PRI * HTTP/2.0",
            "PROXY TCP4 203.0.113.1 192.0.2.1 4711 443",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
            "GET");

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    /// @param bytes   a character each
    /// @param isWhole whether it has to be answered: it ends, and no body is due
    record Handshake(String bytes, boolean isWhole) {}

    Handshake handshake() {
        var lines = new ArrayList<>(
                RawClient.upgrade().lines().filter(line -> !line.isEmpty()).toList());
        boolean isWhole = true;
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(6)) {
                case 0 -> lines.set(0, one(LINES));
                case 1 -> lines.add(1 + random.nextInt(lines.size()), one(HEADERS));
                case 2 -> lines.add(lines.get(at));
                case 3 -> lines.set(at, edited(lines.get(at)));
                case 4 -> lines.remove(Math.max(at, Math.min(1, lines.size() - 1)));
                default -> {
                    lines.add(one(BODIES));
                    isWhole = false;
                }
            }
            if (lines.isEmpty()) {
                lines.add("");
            }
        }
        var bytes = bytes(String.join("\r\n", lines) + "\r\n\r\n");
        if (random.nextInt(4) == 0) {
            isWhole = false;
            bytes = random.nextBoolean() ? flipped(bytes) : cut(bytes);
        }
        return new Handshake(
                new String(bytes, StandardCharsets.ISO_8859_1),
                isWhole && !lines.getFirst().isEmpty());
    }

    /// A message that is framed as it should be, with something in it that may not be: the connection goes on.
    byte[] message() {
        var text = one(FRAMES);
        return switch (random.nextInt(8)) {
            case 0 -> masked(LAST | RawClient.PING, bytes("x".repeat(random.nextInt(126))));
            case 1 -> masked(LAST | RawClient.PONG, new byte[random.nextInt(126)]);
            case 2, 3 -> fragments(odd(text));
            default -> masked(LAST | RawClient.TEXT, odd(text).getBytes(StandardCharsets.UTF_8));
        };
    }

    /// Bytes that are no message of a WebSocket, mostly, and what may come in their place.
    byte[] violation() {
        var whole = masked(LAST | RawClient.TEXT, one(FRAMES).getBytes(StandardCharsets.UTF_8));
        return switch (random.nextInt(14)) {
            case 0 -> flipped(whole);
            case 1 -> cut(whole);
            case 2 -> masked(LAST | random.nextInt(3, 8), bytes("reserved"));
            case 3 -> masked(LAST | random.nextInt(11, 16), bytes("reserved"));
            case 4 -> masked(LAST | (random.nextInt(1, 8) << 4) | RawClient.TEXT, bytes("bits"));
            case 5 -> {
                whole[1] &= 0x7f;
                yield whole;
            }
            case 6 -> masked(RawClient.PING, bytes("half a ping"));
            case 7 -> masked(LAST | RawClient.PING, new byte[126 + random.nextInt(1_000)]);
            case 8 -> masked(random.nextBoolean() ? CONTINUATION : LAST, bytes("of nothing"));
            case 9 -> joined(masked(RawClient.TEXT, bytes("{")), whole);
            case 10 -> oversized();
            case 11 -> masked(LAST | RawClient.TEXT, invalidUtf8());
            case 12 -> masked(LAST | RawClient.BINARY, new byte[random.nextInt(500)]);
            default -> goodbye();
        };
    }

    /// Ends whatever is not at its end: as much as the longest frame, and then a frame that is not masked.
    static byte[] end() {
        return new byte[17_000];
    }

    private byte[] goodbye() {
        return switch (random.nextInt(5)) {
            case 0 -> masked(LAST | RawClient.CLOSE, new byte[0]);
            case 1 -> masked(LAST | RawClient.CLOSE, new byte[1]);
            case 2 -> masked(LAST | RawClient.CLOSE, joined(shortBytes(1_000), invalidUtf8()));
            case 3 -> masked(LAST | RawClient.CLOSE, shortBytes(one(CODES)));
            default -> masked(LAST | RawClient.CLOSE, joined(shortBytes(1_000), bytes("bye")));
        };
    }

    private byte[] oversized() {
        var frame = ByteBuffer.allocate(14);
        frame.put((byte) (LAST | RawClient.TEXT))
                .put((byte) (MASKED | 127))
                .putLong(
                        switch (random.nextInt(4)) {
                            case 0 -> -1L;
                            case 1 -> Long.MAX_VALUE;
                            case 2 -> 1L << 31;
                            default -> 16_385 + random.nextInt(100_000);
                        });
        return frame.array();
    }

    private byte[] invalidUtf8() {
        return switch (random.nextInt(4)) {
            case 0 -> new byte[] {(byte) 0xc0, (byte) 0xaf};
            case 1 -> new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
            case 2 -> new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80};
            default -> new byte[] {(byte) 0xe2, (byte) 0x82};
        };
    }

    /// In up to five pieces, with pings between them.
    private byte[] fragments(String text) {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        int from = 0;
        int opcode = RawClient.TEXT;
        for (int pieces = random.nextInt(5); pieces > 0; pieces--) {
            int to = from + random.nextInt(payload.length - from + 1);
            out.writeBytes(masked(opcode, slice(payload, from, to)));
            if (random.nextBoolean()) {
                out.writeBytes(masked(LAST | RawClient.PING, bytes("between")));
            }
            from = to;
            opcode = CONTINUATION;
        }
        out.writeBytes(masked(LAST | opcode, slice(payload, from, payload.length)));
        return out.toByteArray();
    }

    private String odd(String text) {
        int colon = text.indexOf(':', random.nextInt(text.length() / 2));
        int comma = text.indexOf(',', colon);
        return switch (random.nextInt(6)) {
            case 0 -> edited(text);
            case 1 -> text.substring(0, random.nextInt(text.length()));
            case 2 -> text.substring(0, colon + 1) + one(VALUES) + (comma < 0 ? "}" : text.substring(comma));
            case 3 -> "{" + text.substring(1, Math.max(comma, 1)) + "," + text.substring(1);
            case 4 -> text.replaceFirst("[0-9]+", one(VALUES).replace("\\", "\\\\"));
            default -> one(VALUES);
        };
    }

    private String edited(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(3));
        var put = random.nextBoolean() ? "" : Character.toString(random.nextInt(0x20, 0x2_0000) & 0xd7ff);
        return text.substring(0, at) + put + text.substring(to);
    }

    private byte[] flipped(byte[] bytes) {
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] cut(byte[] bytes) {
        return slice(bytes, 0, random.nextInt(bytes.length));
    }

    private byte[] masked(int first, byte[] payload) {
        var frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        int mask = random.nextInt();
        frame.putInt(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (mask >>> (8 * (3 - i % 4)))));
        }
        return slice(frame.array(), 0, frame.position());
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] shortBytes(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return ByteBuffer.allocate(to - from).put(bytes, from, to - from).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
