package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an operator does about a defect: finds what failed for good, mends it, and has it carried out.
class DeadLettersTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final JsonMapper JSON = JsonMapper.shared();

    private final String player = "p-" + UUID.randomUUID();
    private final String command = "c-" + UUID.randomUUID();

    @Test
    void whatFailedForGoodIsFoundAndReplayedOnceItIsMended() {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            rookery.ledger().whileNothingIsBookedFor(player, () -> {
                wire.deposit(command, 1_000);
                Wire.assertOutcome(wire.next("event"), "failed");
                await().until(() -> listed().stream()
                        .anyMatch(each -> each.path("id").asString().equals(command)));

                // Before it is mended: the replay fails too, and the next one has another id.
                assertThat(run("replay", command).output()).contains("is given again as " + command + ".replay-1");
                Wire.assertOutcome(wire.next("event"), "failed");
            });
            assertThat(letter().path("state").asString()).isEqualTo("failed, replay-1 too");

            // By accident twice.
            assertThat(run("replay", command).output()).contains("is given again as " + command + ".replay-2");
            run("replay", player + "/" + command);

            var event = wire.next("event");
            assertThat(event.get("re").stringValue()).isEqualTo(command + ".replay-2");
            Wire.assertOutcome(event, "done");
        }
        assertThat(rookery.ledger().balances(player)).containsExactly("1000 EUR");
        assertThat(letter().path("state").asString()).isEqualTo("replayed, done");
        assertThat(listed()).noneMatch(each -> each.path("id").asString().startsWith(command + ".replay-"));

        var again = run("replay", command);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.output()).contains("rookery: " + command + ": ended done by its replay 2 (expected: failed,");
        assertThat(rookery.ledger().balances(player)).containsExactly("1000 EUR");
        assertWhatIsShown();
    }

    private void assertWhatIsShown() {
        var letter = letter();
        assertThat(letter.path("function").asString()).isEqualTo("wallet");
        assertThat(letter.path("source").asString()).isEqualTo("/players/" + player);
        assertThat(letter.path("type").asString()).isEqualTo("wallet.deposit");
        assertThat(letter.path("key").asString()).isEqualTo(player);
        assertThat(letter.path("tries").asInt()).isEqualTo(5);
        assertThat(letter.path("reason").asString()).contains("the books are closed");
        assertThat(letter.path("status").asString()).isEqualTo("400");
        assertThat(run("show", command).output())
                .contains("{\"amount\":1000,\"currency\":\"EUR\"}")
                .contains("ce_knativeerrordata: internal: the command could not be carried out")
                .contains("tries     5");
        assertThat(run("list").output()).contains(command + "  /players/" + player + "  replayed, done");
    }

    @Test
    void whatNoFunctionTakesIsListedAndCannotBeReplayed() throws Exception {
        var text = "hello " + UUID.randomUUID();
        rookery.produce(text);
        await().until(() ->
                listed().stream().anyMatch(each -> each.path("data").asString().equals(text)));
        var letter = listed().stream()
                .filter(each -> each.path("data").asString().equals(text))
                .findFirst()
                .orElseThrow();
        assertThat(letter.path("state").asString()).isEqualTo("undeliverable");

        var refused = run(
                "replay",
                letter.path("source").asString() + "/" + letter.path("id").asString());

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).contains("(expected: a player's command, of a type that the catalog lists)");
    }

    @Test
    void anIdOfNoDeadLetterIsToldByName() {
        var refused = run("show", command);

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.output()).contains("rookery: id: " + command + " is of no dead letter (expected: one that");
    }

    @Test
    void aMistakeAmongThoseToReplayIsToldBeforeAnyIsGivenAgain() throws Exception {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            rookery.ledger().whileNothingIsBookedFor(player, () -> {
                wire.deposit(command, 1_000);
                Wire.assertOutcome(wire.next("event"), "failed");
                await().until(() -> listed().stream()
                        .anyMatch(each -> each.path("id").asString().equals(command)));
            });

            var refused = run("replay", command, "of-nobody");

            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("rookery: id: of-nobody is of no dead letter")
                    .doesNotContain("is given again");
            // A command that is sent now is decided after whatever was given again.
            wire.deposit("c-after", 5);
            assertThat(wire.next("event").get("re").stringValue()).isEqualTo("c-after");
        }
        assertThat(rookery.ledger().balances(player)).containsExactly("5 EUR");
    }

    private JsonNode letter() {
        return JSON.readTree(run("show", "--json", command).output());
    }

    private static List<JsonNode> listed() {
        return JSON.readTree(run("list", "--json").output()).valueStream().toList();
    }

    private static Ended run(String... words) {
        var command = new ArrayList<>(List.of("dead-letters"));
        command.addAll(Arrays.asList(words));
        command.addAll(List.of("--port", Integer.toString(rookery.launched().port())));
        try {
            var process = Launched.command(command.toArray(String[]::new)).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Ended(int code, String output) {}
}
