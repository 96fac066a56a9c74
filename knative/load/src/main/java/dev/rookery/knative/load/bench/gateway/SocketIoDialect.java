package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.socket.Upgrade;
import org.jspecify.annotations.Nullable;

/// The frames inside Socket.IO's packets (protocol 5) inside Engine.IO's (protocol 4), over its WebSocket transport:
/// `40`
/// connects and is answered by `40{…}`, `42["name",{…}]` is an event, `2` a heartbeat that is answered with `3`.
enum SocketIoDialect implements Dialect {
    SOCKET_IO;

    @Override
    public Upgrade upgrade() {
        return new Upgrade("/socket.io/?EIO=4&transport=websocket", "");
    }

    @Override
    public String hello(int guest, @Nullable Position from) {
        return "40";
    }

    @Override
    public String ping(long at) {
        return event("ping", PlainDialect.PLAIN.ping(at));
    }

    @Override
    public String join(int guest, String room) {
        return event("join", PlainDialect.PLAIN.join(guest, room));
    }

    @Override
    public String cast(String room, long at, long number, String padding) {
        return event("cast", PlainDialect.PLAIN.cast(room, at, number, padding));
    }

    @Override
    public String alive() {
        return "3";
    }

    @Override
    public Heard read(FrameScan scan, byte[] bytes, int from, int to) throws BadFrameException {
        if (to - from == 1 && bytes[from] == '2') {
            return Heard.HEARTBEAT;
        }
        if (to - from < 2 || bytes[from] != '4') {
            return Heard.OTHER;
        }
        return switch (bytes[from + 1]) {
            case '0' -> Heard.READY;
            case '2' -> event(scan, bytes, from, to);
            default -> Heard.ERROR;
        };
    }

    private static Heard event(FrameScan scan, byte[] bytes, int from, int to) throws BadFrameException {
        int begin = from;
        while (begin < to && bytes[begin] != '{') {
            begin++;
        }
        return PlainDialect.PLAIN.read(scan, bytes, begin, to - 1);
    }

    private static String event(String name, String frame) {
        return "42[\"" + name + "\"," + frame + "]";
    }
}
