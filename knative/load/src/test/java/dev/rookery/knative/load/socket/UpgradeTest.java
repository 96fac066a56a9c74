package dev.rookery.knative.load.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpgradeTest {

    private static final String SWITCHING = """
            HTTP/1.1 101 Switching Protocols
            upgrade: websocket
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

            """.replace("\n", "\r\n");

    @Test
    void anAnswerThatIsNotWholeIsWaitedFor() throws Exception {
        assertThat(read(SWITCHING.substring(0, SWITCHING.length() - 1))).isNull();
    }

    @Test
    void whatComesBehindTheAnswerIsTheFirstMessage() throws Exception {
        assertThat(read(SWITCHING + "xy")).isEqualTo(new Upgrade.Answer(null, SWITCHING.length()));
    }

    @Test
    void aRefusalTellsWhenToTryAgain() throws Exception {
        var refusal = "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n";

        assertThat(read(refusal))
                .isEqualTo(new Upgrade.Answer(new Ending(Ending.REFUSED, "HTTP 503", 7), refusal.length()));
    }

    @Test
    void whatIsNoAnswerToTheUpgradeIsSaid() {
        assertThatThrownBy(() -> read("SSH-2.0\r\n\r\n")).hasMessageContaining("HTTP/1.1");
        assertThatThrownBy(() -> read(SWITCHING.replace("s3p", "S3p").replace("xOo", "xxx")))
                .hasMessageContaining("another key");
        assertThatThrownBy(() -> read("x".repeat(8_192))).hasMessageContaining("longer answer");
    }

    private static Upgrade.@Nullable Answer read(String text) throws BrokenWireException {
        var bytes = text.getBytes(ISO_8859_1);
        return Upgrade.read(bytes, bytes.length);
    }
}
