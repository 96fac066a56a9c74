package dev.rookery.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Read by Netty's decoder, which knows nothing of ours.
class TextFramesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void aTextOfAnyLengthIsOneWholeFrame(int length) {
        assertThat(decoded("x".repeat(length))).isEqualTo("x".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"für", "日本", "🎲"})
    void lengthsAreBytesAndNotCharacters(String text) {
        assertThat(decoded(text.repeat(50))).isEqualTo(text.repeat(50));
    }

    private static String decoded(String text) {
        var channel = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(false)
                .maxFramePayloadLength(1 << 20)
                .build()));
        channel.writeInbound(TextFrames.encode(UnpooledByteBufAllocator.DEFAULT, text));
        TextWebSocketFrame frame = channel.readInbound();
        assertThat(frame.isFinalFragment()).isTrue();
        var decoded = frame.text();
        frame.release();
        channel.finishAndReleaseAll();
        return decoded;
    }
}
