package dev.rookery.knative.local.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RecentDeliveriesTest {

    private static final String TOPIC = "rookery.wallet.commands";
    private static final String SOURCE = "/players/p-7";

    private final RecentDeliveries recent = new RecentDeliveries();

    @Test
    void everyTryIsRememberedWithWhyItWasNotTaken() {
        var name = recent.taken(record(17), event("c-1"));
        recent.tried(name, new Reply.Later(503, "is starting"));
        recent.tried(name, new Reply.Taken());

        var delivery = recent.find(TOPIC, SOURCE, "c-1").orElseThrow();

        assertThat(delivery.place()).isEqualTo(TOPIC + "-3@17");
        assertThat(delivery.tries()).extracting(RecentDeliveries.Try::why).containsExactly("503 is starting", null);
    }

    @Test
    void anEventIsKnownByItsSourceToo() {
        recent.taken(record(17), event("c-1"));

        assertThat(recent.find(TOPIC, "/players/p-8", "c-1")).isEmpty();
        assertThat(recent.sources(TOPIC, "c-1")).containsExactly(SOURCE);
    }

    /// Sent again by its client, a command has a second record: its way began with the first.
    @Test
    void whatIsTakenAgainGoesOnWhereItWas() {
        recent.tried(recent.taken(record(17), event("c-1")), new Reply.Later(0, "no answer"));
        recent.tried(recent.taken(record(18), event("c-1")), new Reply.Taken());

        var delivery = recent.find(TOPIC, SOURCE, "c-1").orElseThrow();

        assertThat(delivery.place()).isEqualTo(TOPIC + "-3@17");
        assertThat(delivery.tries()).hasSize(2);
    }

    @Test
    void theOldestGivesWay() {
        for (int n = 0; n <= RecentDeliveries.MAX_DELIVERIES; n++) {
            recent.taken(record(n), event("c-" + n));
        }

        assertThat(recent.find(TOPIC, SOURCE, "c-0")).isEmpty();
        assertThat(recent.find(TOPIC, SOURCE, "c-1")).isPresent();
        assertThat(recent.find(TOPIC, SOURCE, "c-" + RecentDeliveries.MAX_DELIVERIES))
                .isPresent();
    }

    @Test
    void whatIsTriedAgainAndAgainStays() {
        var stuck = recent.taken(record(0), event("stuck"));
        for (int n = 1; n < 2 * RecentDeliveries.MAX_DELIVERIES; n++) {
            recent.taken(record(n), event("c-" + n));
            if (n % 1_000 == 0) {
                recent.tried(stuck, new Reply.Later(503, "no"));
            }
        }

        assertThat(recent.find(TOPIC, SOURCE, "stuck").orElseThrow().tries()).hasSize(9);
    }

    @Test
    void anAnswerOfAnyLengthTakesLittleRoom() {
        var name = recent.taken(record(17), event("c-1"));
        recent.tried(name, new Reply.Refused(400, "x".repeat(100_000)));

        assertThat(recent.find(TOPIC, SOURCE, "c-1")
                        .orElseThrow()
                        .tries()
                        .getFirst()
                        .why())
                .startsWith("400 xxx")
                .hasSizeLessThan(400);
    }

    @Test
    void ofManyTriesTheFirstAndTheLastAreKept() {
        var name = recent.taken(record(17), event("c-1"));
        for (int n = 0; n < 3 * RecentDeliveries.MAX_TRIES; n++) {
            recent.tried(name, new Reply.Later(503, "try " + n));
        }
        recent.tried(name, new Reply.Taken());

        var tries = recent.find(TOPIC, SOURCE, "c-1").orElseThrow().tries();

        assertThat(tries).hasSize(RecentDeliveries.MAX_TRIES);
        assertThat(tries.getFirst().why()).isEqualTo("503 try 0");
        assertThat(tries.getLast().why()).isNull();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>(TOPIC, 3, offset, new byte[0], new byte[0]);
    }

    private static CloudEvent event(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create(SOURCE))
                .withType("wallet.deposit")
                .build();
    }
}
