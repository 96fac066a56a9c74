package dev.rookery.knative.load.bench.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.bench.gateway.Dialect.Heard;
import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.protocol.Position;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DialectTest {

    private final FrameScan scan = new FrameScan();
    private final Dialect rookery = new RookeryDialect("secret", "b-");
    private final Dialect socketIo = SocketIoDialect.SOCKET_IO;

    @Test
    void oursSaysHelloWithATokenAndWithWhereItWas() {
        var hello = JsonMapper.shared().readTree(rookery.hello(7, new Position("e1", 41)));

        assertThat(hello.path("op").asString()).isEqualTo("hello");
        assertThat(hello.path("token").asString()).contains(".");
        assertThat(hello.path("resume").path("seq").asInt()).isEqualTo(41);
    }

    @Test
    void aCastIsHeardWithItsAgeWhateverIsAroundIt() throws Exception {
        var cast = PlainDialect.PLAIN.cast("r", 123, 1, "pad");

        assertThat(read(PlainDialect.PLAIN, cast)).isEqualTo(Heard.CAST);
        assertThat(scan.at()).isEqualTo(123);
        assertThat(read(rookery, cast)).isEqualTo(Heard.CAST);
        assertThat(read(socketIo, "42[\"cast\"," + cast + "]")).isEqualTo(Heard.CAST);
        assertThat(scan.at()).isEqualTo(123);
    }

    @Test
    void socketIoConnectsInsideAndAnswersHeartbeats() throws Exception {
        assertThat(read(socketIo, "0{\"sid\":\"x\"}")).isEqualTo(Heard.OTHER);
        assertThat(socketIo.hello(0, null)).isEqualTo("40");
        assertThat(read(socketIo, "40{\"sid\":\"y\"}")).isEqualTo(Heard.READY);
        assertThat(read(socketIo, "2")).isEqualTo(Heard.HEARTBEAT);
        assertThat(socketIo.alive()).isEqualTo("3");
        assertThat(socketIo.ping(5)).isEqualTo("42[\"ping\",{\"op\":\"ping\",\"at\":5}]");
    }

    private Heard read(Dialect dialect, String message) throws BadFrameException {
        var bytes = message.getBytes(UTF_8);
        return dialect.read(scan, bytes, 0, bytes.length);
    }
}
