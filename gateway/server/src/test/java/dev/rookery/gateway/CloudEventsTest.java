package dev.rookery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import java.net.http.WebSocketHandshakeException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// The same conversation over the CloudEvents subprotocol.
class CloudEventsTest {

    @RegisterExtension
    static final RunningGateway gateway = RunningGateway.with();

    private final PlayerId player = new PlayerId("p-" + UUID.randomUUID());

    @Test
    void theTokenInTheUpgradeStandsForTheHello() {
        try (var client = connect(Map.of())) {
            var welcome = client.next();

            assertThat(welcome.path("type").asString()).isEqualTo("rookery.welcome");
            assertThat(welcome.path("data").path("player").asString()).isEqualTo(player.value());
        }
    }

    @Test
    void withoutATokenThereIsNoUpgrade() {
        assertThatThrownBy(() -> Client.connect(gateway.port(), "cloudevents.json", Map.of()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }

    @Test
    void aBadTokenCloses() {
        var headers = Map.of("Authorization", "Bearer " + RunningGateway.strangersToken(player));
        try (var client = Client.connect(gateway.port(), "cloudevents.json", headers)) {
            assertThat(client.closeCode()).isEqualTo(4200);
        }
    }

    @Test
    void aCommandIsAnsweredWithAnEventWhoseSubjectIsItsId() {
        try (var client = connect(Map.of())) {
            client.next();
            client.send(event("c-1", "probe.act", "{\"step\":1}"));

            var accepted = client.next();
            assertThat(accepted.path("type").asString()).isEqualTo("rookery.accepted");
            assertThat(accepted.path("subject").asString()).isEqualTo("c-1");

            gateway.probe().decideNext(player);
            var event = client.next();
            assertThat(event.path("type").asString()).isEqualTo("probe.acted");
            assertThat(event.path("subject").asString()).isEqualTo("c-1");
            assertThat(event.path("specversion").asString()).isEqualTo("1.0");
        }
    }

    @Test
    void whatWasMissedComesAfterThePositionInTheUpgrade() {
        Position last;
        try (var client = connect(Map.of())) {
            var welcome = client.next().path("data");
            last = new Position(
                    welcome.path("epoch").asString(), welcome.path("seq").asLong());
        }
        gateway.probe().push(player, 2, "{}");

        try (var client = connect(Map.of("Rookery-Resume", last.toString()))) {
            assertThat(client.next().path("data").path("resumed").asBoolean(false))
                    .isTrue();
            assertThat(client.next().path("seq").asString()).isEqualTo("1");
            assertThat(client.next().path("seq").asString()).isEqualTo("2");
        }
    }

    @Test
    void castsReachClientsOfBothSubprotocols() {
        var room = "open:" + UUID.randomUUID();
        try (var one = connect(Map.of());
                var other = gateway.welcome(new PlayerId("p-" + UUID.randomUUID()))) {
            one.next();
            one.send(event("j-1", "rookery.join", "{\"room\":\"%s\"}".formatted(room)));
            assertThat(nextBut("rookery.presence", one).path("subject").asString())
                    .isEqualTo("j-1");
            other.send("{\"op\":\"join\",\"id\":\"j-1\",\"room\":\"%s\"}".formatted(room));
            other.next("joined");

            other.send("{\"op\":\"cast\",\"room\":\"%s\",\"data\":{\"n\":1}}".formatted(room));
            var cast = nextBut("rookery.presence", one);
            assertThat(cast.path("type").asString()).isEqualTo("rookery.cast");
            assertThat(cast.path("data").path("data").toString()).isEqualTo("{\"n\":1}");

            one.send(event("k-1", "rookery.cast", "{\"room\":\"%s\",\"data\":{\"n\":2}}".formatted(room)));
            var back = other.next();
            while (back.path("op").asString().equals("presence")) {
                back = other.next();
            }
            assertThat(back.path("data").toString()).isEqualTo("{\"n\":2}");
        }
    }

    @Test
    void whatIsNoEventIsTold() {
        try (var client = connect(Map.of())) {
            client.next();
            client.send("{\"op\":\"ping\"}");

            assertThat(client.next().path("data").path("code").asString()).isEqualTo("bad-frame");
        }
    }

    private Client connect(Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("Authorization", "Bearer " + RunningGateway.token(player));
        return Client.connect(gateway.port(), "cloudevents.json", headers);
    }

    private static String event(String id, String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/client\",\"type\":\"%s\",\"data\":%s}"
                .formatted(id, type, data);
    }

    private static JsonNode nextBut(String type, Client client) {
        var next = client.next();
        while (next.path("type").asString().equals(type)) {
            next = client.next();
        }
        return next;
    }
}
