package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.stream.RoomStreams;
import dev.rookery.eventing.stream.StreamSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Rooms of a gateway whose event loops may keep next to nothing waiting.
class RoomsBehindTest {

    private static final int EVENTS = 10;

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with("rookery.rooms.queued-casts=1");

    private final RoomId room = new RoomId("open:" + UUID.randomUUID());
    private final RoomStreams streams = new RoomStreams(gateway.backing().redisConnection(), StreamSettings.DEFAULT);

    @Test
    void eventsThatCannotWaitAreReadFromTheStream() {
        try (var client = gateway.welcome(new PlayerId("p-1"))) {
            client.send("{\"op\":\"join\",\"id\":\"j-1\",\"room\":\"" + room + "\"}");
            assertThat(nextButPresence(client).path("op").asString()).isEqualTo("joined");

            whileTheLoopsAreHeldUp(() -> {
                for (int n = 1; n <= EVENTS; n++) {
                    var event = "{\"id\":\"e-%d\",\"type\":\"probe.moved\",\"data\":{}}".formatted(n);
                    streams.append(room, "e-" + n, event, null, 1, false);
                }
                // Two events, and that the others are to be read.
                await().until(() -> waiting() == 3);
            });

            for (int seq = 1; seq <= EVENTS; seq++) {
                assertThat(nextButPresence(client).path("seq").asLong()).isEqualTo(seq);
            }
        }
    }

    private static void whileTheLoopsAreHeldUp(Runnable meanwhile) {
        var goOn = new CountDownLatch(1);
        gateway.bean(EventLoopGroup.class)
                .forEach(loop -> loop.execute(() -> {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        try {
            meanwhile.run();
        } finally {
            goOn.countDown();
        }
    }

    private static double waiting() {
        return gateway.bean(MeterRegistry.class)
                .get("rookery.gateway.fanout.queue")
                .gauge()
                .value();
    }

    private static JsonNode nextButPresence(Client client) {
        var next = client.next();
        while (next.path("op").asString().equals("presence")) {
            next = client.next();
        }
        return next;
    }
}
