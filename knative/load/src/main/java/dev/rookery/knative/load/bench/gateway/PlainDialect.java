package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.socket.Upgrade;
import org.jspecify.annotations.Nullable;

/// The frames alone, without sessions: `ws` and `uWebSockets.js`.
enum PlainDialect implements Dialect {
    PLAIN;

    @Override
    public Upgrade upgrade() {
        return new Upgrade("/v1/connect", "");
    }

    @Override
    public String hello(int guest, @Nullable Position from) {
        return "";
    }

    @Override
    public String ping(long at) {
        return "{\"op\":\"ping\",\"at\":" + at + "}";
    }

    @Override
    public String join(int guest, String room) {
        return "{\"op\":\"join\",\"id\":\"j-" + guest + "\",\"room\":\"" + room + "\"}";
    }

    @Override
    public String cast(String room, long at, long number, String padding) {
        return "{\"op\":\"cast\",\"room\":\"" + room + "\",\"data\":{\"at\":" + at + ",\"n\":" + number + ",\"pad\":\""
                + padding + "\"}}";
    }

    @Override
    public Heard read(FrameScan scan, byte[] bytes, int from, int to) throws BadFrameException {
        scan.read(bytes, from, to);
        return switch (scan.op()) {
            case JOINED -> Heard.JOINED;
            case PONG -> Heard.PONG;
            case CAST -> Heard.CAST;
            case ERROR -> Heard.ERROR;
            case WELCOME, ACCEPTED, EVENT, PRESENCE, DRAIN, OTHER -> Heard.OTHER;
        };
    }
}
