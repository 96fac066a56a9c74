package dev.rookery.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.flow.FlowControlHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// In a pipeline without a network; what the limit makes of rates is seen over sockets elsewhere.
class InboundLimitTest {

    private static final LimitSettings GENEROUS = new LimitSettings(
            100,
            100_000,
            100_000,
            DataSize.ofGigabytes(1),
            DataSize.ofGigabytes(1),
            Duration.ofMinutes(1),
            20,
            200,
            60,
            120,
            10);

    private final List<Object> taken = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    /// A loop that is busy with one client's frames is not there for the others.
    @Test
    void framesThatComeTogetherAreTakenInSeveralTurnsOfTheLoop() {
        channel.pipeline().addLast(new FlowControlHandler(), new InboundLimit(GENEROUS), new Taking());
        var frames = IntStream.range(0, 100).boxed().toArray();

        for (var frame : frames) {
            channel.pipeline().fireChannelRead(frame);
        }
        int atOnce = taken.size();
        for (int turn = 0; turn < 10; turn++) {
            channel.runPendingTasks();
        }

        assertThat(atOnce).isPositive().isLessThan(50);
        assertThat(taken).containsExactly(frames);
    }

    private final class Taking extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            taken.add(frame);
        }
    }
}
