package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// What a player gets who was away.
class ResumeTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private final String player = "p-" + UUID.randomUUID();

    @Test
    void everyMissedEventComesOnceAndInOrder() {
        JsonNode left;
        try (var away = Wire.hello(rookery.url(), player)) {
            left = away.next("welcome");
        }
        try (var other = Wire.hello(rookery.url(), player)) {
            for (int n = 1; n <= 20; n++) {
                other.deposit("c-" + n, n);
            }
            other.next(frame -> frame.path("re").asString("").equals("c-20") && frame.has("outcome"));
        }

        try (var back = Wire.hello(rookery.url(), player, left)) {
            var welcome = back.next("welcome");
            var events = back.eventsSoFar();

            assertThat(welcome.get("resumed").booleanValue()).isTrue();
            assertThat(welcome.get("epoch")).isEqualTo(left.get("epoch"));
            assertThat(events)
                    .extracting(event -> event.get("re").stringValue())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).mapToObj(n -> "c-" + n).toList());
            assertThat(events)
                    .extracting(event -> event.get("seq").longValue())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 20)
                            .mapToObj(n -> left.get("seq").longValue() + n)
                            .toList());
        }
    }

    @Test
    void afterAFlushOfRedisNothingIsResumedAndCommandsSentAgainGetTheStoredAnswers() {
        JsonNode left;
        JsonNode answer;
        try (var before = Wire.hello(rookery.url(), player)) {
            left = before.next("welcome");
            before.deposit("c-1", 1_000);
            answer = before.next("event");
        }
        rookery.flushRedis();

        try (var after = Wire.hello(rookery.url(), player, left)) {
            assertThat(after.next("welcome").get("resumed").booleanValue()).isFalse();
            after.deposit("c-1", 1_000);

            var again = after.next("event");
            assertThat(again.get("repeat").booleanValue()).isTrue();
            assertThat(again.get("seq").longValue()).isZero();
            assertThat(again.get("id")).isEqualTo(answer.get("id"));
            assertThat(again.get("data")).isEqualTo(answer.get("data"));
            assertThat(rookery.ledger().transfers(player)).hasSize(1);
        }
    }

    @Test
    void aConnectedPlayerIsToldOfAFlushBeforeTheNextEvent() {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            wire.deposit("c-1", 1_000);
            wire.next("event");
            rookery.flushRedis();

            wire.deposit("c-2", 1_000);

            assertThat(wire.closeCode()).isEqualTo(4004);
        }
    }
}
