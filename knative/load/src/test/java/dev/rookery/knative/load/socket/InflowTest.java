package dev.rookery.knative.load.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InflowTest {

    private static final int TRIES = 200;

    private final List<String> told = new ArrayList<>();
    private final Inflow.Messages messages = new Inflow.Messages() {
        @Override
        public void text(byte[] bytes, int from, int to) {
            told.add("text " + new String(bytes, from, to - from, UTF_8));
        }

        @Override
        public void ping(byte[] bytes, int from, int to) {
            told.add("ping " + new String(bytes, from, to - from, UTF_8));
        }

        @Override
        public void close(int code, String reason) {
            told.add("close " + code + " " + reason);
        }
    };

    @Test
    void howeverTheBytesAreCutTheMessagesAreTheSame() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var expected = List.of(
                "text ",
                "text a",
                "text " + "b".repeat(126),
                "ping p",
                "text " + "c".repeat(70_000),
                "close 4001 slow");
        var bytes = frames();

        for (int i = 0; i < TRIES; i++) {
            told.clear();
            var inflow = new Inflow();
            int from = 0;
            while (from < bytes.length) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(i == 0 ? 2 : 40_000));
                inflow.take(bytes, from, to, messages);
                from = to;
            }

            assertThat(told).as("seed " + seed).isEqualTo(expected);
            assertThat(inflow.keptBytes()).as("seed " + seed).isZero();
        }
    }

    @Test
    void aLengthThatNobodySendsIsRefusedBeforeRoomIsMadeForIt() {
        var huge = new byte[] {(byte) 0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0};

        assertThatThrownBy(() -> new Inflow().take(huge, 0, huge.length, messages))
                .isInstanceOf(BrokenWireException.class)
                .hasMessageContaining("4294967296 bytes");
    }

    @Test
    void whatNoServerOfOursSendsIsSaid() {
        assertThatThrownBy(() -> take(0x01, 0)).hasMessageContaining("in parts");
        assertThatThrownBy(() -> take(0xc1, 0)).hasMessageContaining("extension");
        assertThatThrownBy(() -> take(0x82, 0)).hasMessageContaining("opcode 2");
        assertThatThrownBy(() -> take(0x81, 0x80)).hasMessageContaining("masked");
    }

    private void take(int first, int second) throws BrokenWireException {
        new Inflow().take(new byte[] {(byte) first, (byte) second}, 0, 2, messages);
    }

    private static byte[] frames() {
        var out = new ByteArrayOutputStream();
        frame(out, 0x81, "".getBytes(UTF_8));
        frame(out, 0x81, "a".getBytes(UTF_8));
        frame(out, 0x81, "b".repeat(126).getBytes(UTF_8));
        frame(out, 0x89, "p".getBytes(UTF_8));
        frame(out, 0x81, "c".repeat(70_000).getBytes(UTF_8));
        frame(out, 0x88, new byte[] {4001 >> 8, (byte) 4001, 's', 'l', 'o', 'w'});
        return out.toByteArray();
    }

    private static void frame(ByteArrayOutputStream out, int first, byte[] payload) {
        out.write(first);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 1 << 16) {
            out.writeBytes(new byte[] {126, (byte) (payload.length >> 8), (byte) payload.length});
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.writeBytes(payload);
    }
}
