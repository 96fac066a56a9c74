package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.gateway.directory.Directory;
import dev.rookery.gateway.directory.GatewayId;
import dev.rookery.gateway.directory.Gateways;
import dev.rookery.gateway.directory.SessionEntity;
import dev.rookery.gateway.directory.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What anybody can read in Redis of who is where.
class DirectoryTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with(
            "ROOKERY_GATEWAY_ID=here",
            "rookery.directory.session-time-to-live=3s",
            "rookery.directory.gateway-time-to-live=3s");

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void aSessionIsThereAsLongAsItLivesAndNoLonger() {
        var sessions = gateway.bean(Sessions.class);
        String id;
        try (var client = gateway.connect()) {
            client.send(RunningGateway.hello(player));
            id = client.next("welcome").path("session").asString();

            await().until(() -> sessions.existsById(id));
            assertThat(sessions.findById(id).orElseThrow())
                    .extracting(SessionEntity::player, SessionEntity::gateway)
                    .containsExactly(
                            player.value(), gateway.bean(GatewayId.class).value());
            awaitRefresh("rookery:sessions:" + id);
            assertThat(sessions.existsById(id)).isTrue();
            client.assertSilent();
        }

        await().until(() -> !sessions.existsById(id));
    }

    @Test
    void aGatewayIsThereAsLongAsItListens() throws Exception {
        var gateways = gateway.bean(Gateways.class);
        var directory = gateway.bean(Directory.class);
        var here = gateway.bean(GatewayId.class).value();
        try (var other = gateway.start(List.of("ROOKERY_GATEWAY_ID=other"))) {
            var id = other.getBean(GatewayId.class).value();
            await().until(() -> gateways.existsById(id));
            assertThat(gateways.findById(id).orElseThrow().port()).isEqualTo(RunningGateway.portOf(other));
            await().until(() -> directory.aliveGateways().containsAll(List.of(here, id)));
        }

        await().until(() -> directory.aliveGateways().equals(Set.of(here)));
        assertThat(gateways.findAllById(directory.aliveGateways())).hasSize(1);
        awaitRefresh("rookery:gateways:" + here);
    }

    /// Long before its time to live is over.
    @Test
    void whoLeavesIsTakenAway() throws Exception {
        var sessions = gateway.bean(Sessions.class);
        try (var other = gateway.start(List.of("ROOKERY_GATEWAY_ID=another"))) {
            String id;
            try (var client = Client.connect(RunningGateway.portOf(other))) {
                client.send(RunningGateway.hello(player));
                id = client.next("welcome").path("session").asString();
                await().until(() -> sessions.existsById(id));
            }

            await().until(() -> !sessions.existsById(id));
        }
    }

    /// Nobody is left to take anything away.
    @Test
    void whatAGatewayThatIsKilledLeavesVanishes() throws Exception {
        var sessions = gateway.bean(Sessions.class);
        var gateways = gateway.bean(Gateways.class);
        var killed = gateway.startProcess(List.of(
                "ROOKERY_GATEWAY_ID=killed",
                "rookery.directory.session-time-to-live=3s",
                "rookery.directory.gateway-time-to-live=3s"));
        try {
            var name = await().until(() -> named("killed"), Optional::isPresent).orElseThrow();
            try (var client =
                    Client.connect(gateways.findById(name).orElseThrow().port())) {
                client.send(RunningGateway.hello(player));
                var id = client.next("welcome").path("session").asString();
                await().until(() -> sessions.existsById(id));

                killed.destroyForcibly().waitFor();

                await().until(() -> !sessions.existsById(id));
                await().until(() -> !gateways.existsById(name));
                await().until(() -> named("killed").isEmpty());
            }
        } finally {
            killed.destroyForcibly();
        }
    }

    private static Optional<String> named(String name) {
        return gateway.bean(Directory.class).aliveGateways().stream()
                .filter(id -> id.startsWith(name + "."))
                .findFirst();
    }

    /// Its time to live grows again.
    private static void awaitRefresh(String key) {
        var redis = gateway.backing().redisConnection().sync();
        await().until(() -> redis.pttl(key) < 2_500);
        await().until(() -> redis.pttl(key) > 2_500);
    }
}
