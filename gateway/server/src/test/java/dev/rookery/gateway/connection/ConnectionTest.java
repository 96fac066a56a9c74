package dev.rookery.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.protocol.CloseCode;
import dev.rookery.gateway.protocol.RookeryJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// Over a channel whose client reads when the test says so: until then nothing that is flushed leaves.
class ConnectionTest {

    private static final SlowReaderSettings SETTINGS =
            new SlowReaderSettings(DataSize.ofKilobytes(16), 2, Duration.ofSeconds(10), Duration.ofSeconds(3));
    private static final String KILOBYTE = "x".repeat(1_000);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Client client = new Client();
    private final EmbeddedChannel channel = new EmbeddedChannel(client, new Writability());
    private final Connection connection =
            new Connection(channel, new RookeryJson(), SETTINGS, new ConnectionMeters(meters));

    ConnectionTest() {
        channel.config()
                .setWriteBufferWaterMark(new WriteBufferWaterMark(SETTINGS.softLimit() / 2, SETTINGS.softLimit()));
    }

    @Test
    void whoReadsGetsEveryCast() {
        client.reads = true;

        cast("a");
        cast("b");
        connection.flush();

        assertThat(received()).containsExactly("a", "b");
    }

    @Test
    void castsToASlowReaderAreDroppedAndTheNewestAreKept() {
        fillToTheSoftLimit();
        for (var each : List.of("a", "b", "c", "d")) {
            cast(each);
        }

        client.reads = true;
        channel.flush();

        assertThat(received()).endsWith("c", "d").doesNotContain("a", "b");
        assertThat(meters.get("rookery.message.dropped")
                        .tag("reason", "slow-reader")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void eventsReachASlowReaderBeyondTheSoftLimit() {
        fillToTheSoftLimit();

        connection.write("event");
        client.reads = true;
        channel.flush();

        assertThat(received()).endsWith("event");
    }

    @Test
    void atTheHardLimitTheConnectionIsClosed() {
        for (int i = 0; i < 20; i++) {
            connection.write(KILOBYTE);
        }

        assertThat(connection.closedWith()).isEqualTo(CloseCode.TOO_SLOW);
        client.reads = true;
        channel.flush();
        assertThat(received()).hasSizeBetween(10, 17).last().isEqualTo("close 4001");
    }

    @Test
    void whoHasHadNoRoomForTooLongIsClosed() {
        channel.freezeTime();
        fillToTheSoftLimit();

        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(connection.closedWith()).isNull();

        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(connection.closedWith()).isEqualTo(CloseCode.TOO_SLOW);
    }

    @Test
    void whoGetsRoomInTimeIsNotClosed() {
        channel.freezeTime();
        fillToTheSoftLimit();
        channel.advanceTimeBy(9, TimeUnit.SECONDS);

        client.reads = true;
        channel.flush();
        channel.advanceTimeBy(1, TimeUnit.MINUTES);
        channel.runScheduledPendingTasks();

        assertThat(connection.closedWith()).isNull();
    }

    @Test
    void historyWaitsAtTheSoftLimit() {
        assertThat(connection.hasRoom()).isTrue();

        fillToTheSoftLimit();

        assertThat(connection.hasRoom()).isFalse();
    }

    @Test
    void whatIsHeldIsLetGoWithTheConnection() {
        fillToTheSoftLimit();
        var frame = frame("a");
        connection.cast(frame, 1);
        assertThat(frame.refCnt()).isEqualTo(2);

        connection.gone();

        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }

    private void fillToTheSoftLimit() {
        while (channel.isWritable()) {
            connection.write(KILOBYTE);
        }
        channel.runPendingTasks();
    }

    private void cast(String text) {
        var frame = frame(text);
        connection.cast(frame, 1);
        frame.release();
    }

    private static ByteBuf frame(String text) {
        return TextFrames.encode(UnpooledByteBufAllocator.DEFAULT, text);
    }

    /// The texts, and the close frame as `close <code>`.
    private List<String> received() {
        channel.runPendingTasks();
        var texts = new ArrayList<String>();
        for (Object next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            if (next instanceof CloseWebSocketFrame close) {
                texts.add("close " + close.statusCode());
                close.release();
            } else {
                var bytes = (ByteBuf) next;
                int header = bytes.readableBytes() > 127 ? 4 : 2;
                texts.add(bytes.skipBytes(header).toString(StandardCharsets.UTF_8));
                bytes.release();
            }
        }
        return texts;
    }

    /// Takes what is flushed only while it reads.
    private static final class Client extends ChannelOutboundHandlerAdapter {

        private boolean reads;

        @Override
        public void flush(ChannelHandlerContext context) {
            if (reads) {
                context.flush();
            }
        }
    }

    private final class Writability extends ChannelInboundHandlerAdapter {

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            connection.writabilityChanged();
        }
    }
}
