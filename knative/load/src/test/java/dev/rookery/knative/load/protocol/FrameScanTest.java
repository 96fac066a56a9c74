package dev.rookery.knative.load.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.knative.load.protocol.FrameScan.Op;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FrameScanTest {

    private static final int FRAMES = 2_000;

    private final FrameScan scan = new FrameScan();

    @Test
    void aCastTellsItsAgeAndItsPlace() throws Exception {
        read("""
                {"op":"cast","room":"open:a","from":"p-7","data":{"s":3,"n":41,"at":-12,"deep":{"n":9},"text":"\\"n\\":7"}}""");

        assertThat(scan.op()).isEqualTo(Op.CAST);
        assertThat(scan.hasRoom()).isTrue();
        assertThat(scan.slot()).isEqualTo(3);
        assertThat(scan.number()).isEqualTo(41);
        assertThat(scan.at()).isEqualTo(-12);
    }

    @Test
    void anEventTellsItsPlaceAndWhatItAnswers() throws Exception {
        read("""
                { "op" : "event", "seq": 42, "id":"e", "re":"c-1","outcome":"done","repeat":true,"data":null, "time":"x" }""");

        assertThat(scan.op()).isEqualTo(Op.EVENT);
        assertThat(scan.hasRoom()).isFalse();
        assertThat(scan.seq()).isEqualTo(42);
        assertThat(scan.repeat()).isTrue();
        assertThat(scan.re()).isEqualTo("c-1");
        assertThat(scan.outcome()).isEqualTo("done");
    }

    @Test
    void nothingOfAFrameIsLeftWhenTheNextIsRead() throws Exception {
        read("""
                {"op":"error","re":"c-9","code":"busy","retryable":true,"retryAfterMillis":400}""");
        assertThat(scan.millis()).isEqualTo(400);

        read("{\"op\":\"event\"}");

        assertThat(scan.millis()).isEqualTo(FrameScan.NONE);
        assertThat(scan.seq()).isEqualTo(FrameScan.NONE);
        assertThat(scan.retryable()).isFalse();
        assertThat(scan.re()).isEmpty();
    }

    @Test
    void whatIsNotKnownIsSkipped() throws Exception {
        read("""
                {"limits":{"a":[1,{"op":"cast"},"]"],"b":1.5e3},"resumed":false,"op":"welcome","epoch":"e1","seq":7}""");

        assertThat(scan.op()).isEqualTo(Op.WELCOME);
        assertThat(scan.epoch()).isEqualTo("e1");
        assertThat(scan.seq()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"seq\":1}",
                "{\"op\":\"cast\"",
                "{\"op\":\"cast\"}}",
                "{\"op\":\"cast\",}",
                "{\"op\":}",
                "{\"op\":7}",
                "{\"op\":\"cast\",\"data\":[}",
                "{\"op\":\"ca"
            })
    void whatIsNoFrameIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadFrameException.class);
    }

    @Test
    void whateverHappensToAFrameItIsReadOrSaidToBeNone() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var frame = JsonMapper.shared().writeValueAsBytes(JsonMapper.shared().readTree("""
                        {"op":"event","room":"r","seq":1,"data":{"n":[1,{"a":"\\\\"}],"at":null},"re":"c"}"""));

        for (int i = 0; i < FRAMES; i++) {
            var broken = frame.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(128);
            }
            int to = random.nextInt(broken.length + 1);
            try {
                scan.read(broken, 0, to);
            } catch (BadFrameException e) {
                assertThat(e).as("seed " + seed).hasMessageContaining("expected");
            }
        }
    }

    private void read(String text) throws BadFrameException {
        var bytes = ("##" + text + "##").getBytes(UTF_8);
        scan.read(bytes, 2, bytes.length - 2);
    }
}
