package dev.rookery.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Request;
import dev.rookery.gateway.ingress.Broker.Sent;
import dev.rookery.gateway.ingress.Intake;
import dev.rookery.gateway.protocol.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLanesTest {

    private static final int LIMIT = 4;

    private final FakeAsker asker = new FakeAsker();
    private final List<Sending> onTheirWay = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final CommandLanes lanes = new CommandLanes(LIMIT, (command, then) -> {
        sent.add(command.id());
        onTheirWay.add(new Sending(command, then));
    });

    @Test
    void aCommandWaitsUntilTheOneBeforeItWithTheSameKeyIsDecided() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "a"));
        lanes.submit(command("c-3", "a"));

        end(Sent.CONFIRMED);
        assertThat(sent).containsExactly("c-1");

        lanes.decided("c-1");
        assertThat(sent).containsExactly("c-1", "c-2");

        lanes.decided("c-2");
        assertThat(sent).containsExactly("c-1", "c-2", "c-3");
    }

    @Test
    void otherKeysDoNotWait() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "b"));

        assertThat(sent).containsExactly("c-1", "c-2");
    }

    @Test
    void acceptedIsToldWhenItIsDurableAndNotBefore() {
        lanes.submit(command("c-1", "a"));
        assertThat(asker.told).isEmpty();

        end(Sent.CONFIRMED);

        assertThat(asker.told).containsExactly("accepted c-1");
    }

    /// The answer may be faster than the broker's confirmation.
    @Test
    void anOutcomeThatComesBeforeTheConfirmationLetsTheNextGo() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "a"));

        lanes.decided("c-1");
        end(Sent.CONFIRMED);

        assertThat(sent).containsExactly("c-1", "c-2");
        assertThat(asker.told).containsExactly("accepted c-1");
        assertThat(lanes.pending()).isEqualTo(1);
    }

    @Test
    void atTheLimitTheNextIsToldThatItIsBusy() {
        for (int i = 1; i <= LIMIT; i++) {
            lanes.submit(command("c-" + i, i % 2 == 0 ? "a" : "b"));
        }

        lanes.submit(command("c-5", "c"));

        assertThat(asker.told).containsExactly("busy c-5");
        assertThat(lanes.pending()).isEqualTo(LIMIT);
    }

    @Test
    void aDecidedCommandMakesRoom() {
        for (int i = 1; i <= LIMIT; i++) {
            lanes.submit(command("c-" + i, "a"));
        }
        lanes.decided("c-1");

        lanes.submit(command("c-5", "a"));

        assertThat(asker.told).isEmpty();
        assertThat(lanes.pending()).isEqualTo(LIMIT);
    }

    @Test
    void aCommandThatIsSentAgainWhileItIsUndecidedGoesAtOnce() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "a"));

        lanes.submit(command("c-1", "a"));

        assertThat(sent).containsExactly("c-1", "c-1");
    }

    @Test
    void repeatsCountUntilTheyAreDecided() {
        for (int i = 1; i <= LIMIT; i++) {
            lanes.submit(command("c-1", "a"));
        }
        lanes.submit(command("c-1", "a"));
        assertThat(asker.told).containsExactly("busy c-1");

        lanes.decided("c-1");

        assertThat(lanes.pending()).isZero();
    }

    @Test
    void aCommandThatTheBrokerDoesNotTakeIsBusyAndSoIsWhatWaitsBehindIt() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "a"));
        lanes.submit(command("c-3", "b"));

        end(Sent.NOT_TAKEN);

        assertThat(asker.told).containsExactly("busy c-1", "busy c-2");
        assertThat(asker.sentBack).containsExactly("c-1", "c-2");
        assertThat(sent).containsExactly("c-1", "c-3");
        assertThat(lanes.pending()).isEqualTo(1);
    }

    @Test
    void aCommandThatIsTooManyIsSentBack() {
        for (int i = 1; i <= LIMIT; i++) {
            lanes.submit(command("c-" + i, "a"));
        }

        lanes.submit(command("c-5", "a"));

        assertThat(asker.sentBack).containsExactly("c-5");
    }

    @Test
    void aCommandThatFitsNoLaneIsNotToBeSentAgain() {
        lanes.submit(command("c-1", "a"));

        lanes.submit(command("c-1", "b"));

        assertThat(asker.sentBack).isEmpty();
    }

    @Test
    void nobodyPassesACommandOfWhichNobodyKnowsWhetherItIsDurable() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "a"));

        end(Sent.UNKNOWN);
        lanes.submit(command("c-3", "a"));

        assertThat(asker.told).containsExactly("unavailable c-1", "unavailable c-2", "unavailable c-3");
        assertThat(sent).containsExactly("c-1");
        assertThat(lanes.pending()).isEqualTo(1);
    }

    @Test
    void theSameCommandSentAgainEndsTheDoubt() {
        lanes.submit(command("c-1", "a"));
        end(Sent.UNKNOWN);

        lanes.submit(command("c-1", "a"));
        end(Sent.CONFIRMED);
        lanes.submit(command("c-2", "a"));
        lanes.decided("c-1");

        assertThat(asker.told).containsExactly("unavailable c-1", "accepted c-1");
        assertThat(sent).containsExactly("c-1", "c-1", "c-2");
    }

    /// It was durable after all, only its confirmation was lost.
    @Test
    void theOutcomeOfADoubtfulCommandEndsTheDoubt() {
        lanes.submit(command("c-1", "a"));
        end(Sent.UNKNOWN);

        lanes.decided("c-1");
        lanes.submit(command("c-2", "a"));

        assertThat(sent).containsExactly("c-1", "c-2");
        assertThat(lanes.pending()).isEqualTo(1);
    }

    @Test
    void aRepeatThatIsNotTakenLeavesTheDoubt() {
        lanes.submit(command("c-1", "a"));
        end(Sent.UNKNOWN);

        lanes.submit(command("c-1", "a"));
        end(Sent.NOT_TAKEN);
        lanes.submit(command("c-2", "a"));

        assertThat(asker.told).containsExactly("unavailable c-1", "busy c-1", "unavailable c-2");
    }

    @Test
    void doubtIsOfOneKeyAlone() {
        lanes.submit(command("c-1", "a"));
        end(Sent.UNKNOWN);

        lanes.submit(command("c-2", "b"));

        assertThat(sent).containsExactly("c-1", "c-2");
    }

    /// An outcome names its command by the id alone: with the id in two lanes one of them would be held for ever.
    @Test
    void anIdThatIsUndecidedUnderAnotherKeyIsReused() {
        lanes.submit(command("c-1", "a"));

        lanes.submit(command("c-1", "b"));
        lanes.submit(command("c-2", "b"));
        lanes.submit(command("c-3", "a"));
        lanes.decided("c-1");

        assertThat(asker.told).containsExactly("id-reused c-1");
        assertThat(sent).containsExactly("c-1", "c-2", "c-3");
        assertThat(lanes.pending()).isEqualTo(2);
    }

    @Test
    void anIdThatWaitsIsReusedOnlyIfItIsUndecidedWhenItsTurnComes() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "b"));
        lanes.submit(command("c-2", "a"));
        lanes.submit(command("c-3", "a"));

        lanes.decided("c-1");

        assertThat(asker.told).containsExactly("id-reused c-2");
        assertThat(sent).containsExactly("c-1", "c-2", "c-3");
        assertThat(lanes.pending()).isEqualTo(2);
    }

    @Test
    void whoLeavesTakesWhatWaitsAlongButNotWhatIsUndecided() {
        var other = new FakeAsker();
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "a"));
        lanes.submit(command(other, "c-3", "a"));

        lanes.leave(asker);
        lanes.decided("c-1");

        assertThat(sent).containsExactly("c-1", "c-3");
        assertThat(lanes.pending()).isEqualTo(1);
    }

    @Test
    void whoLeavesACommandInDoubtHoldsUpNobody() {
        var other = new FakeAsker();
        lanes.submit(command("c-1", "a"));
        end(Sent.UNKNOWN);

        lanes.leave(asker);
        lanes.submit(command(other, "c-2", "a"));

        assertThat(sent).containsExactly("c-1", "c-2");
        assertThat(lanes.pending()).isEqualTo(1);
    }

    @Test
    void whoLeavesBeforeTheDoubtComesHoldsUpNobody() {
        var other = new FakeAsker();
        lanes.submit(command("c-1", "a"));
        lanes.submit(command(other, "c-2", "a"));

        lanes.leave(asker);
        end(Sent.UNKNOWN);

        assertThat(sent).containsExactly("c-1", "c-2");
        assertThat(other.told).isEmpty();
        assertThat(lanes.pending()).isEqualTo(1);
    }

    @Test
    void whoSentItAgainCanEndTheDoubtWhenTheFirstHasLeft() {
        var other = new FakeAsker();
        lanes.submit(command("c-1", "a"));
        lanes.submit(command(other, "c-1", "a"));

        lanes.leave(asker);
        end(Sent.UNKNOWN);
        end(Sent.UNKNOWN);
        lanes.submit(command(other, "c-2", "a"));

        assertThat(other.told).containsExactly("unavailable c-1", "unavailable c-2");
    }

    @Test
    void whatNobodyWaitsForDecidesNothing() {
        lanes.submit(command("c-1", "a"));
        lanes.submit(command("c-2", "a"));

        lanes.decided("c-2");
        lanes.decided("");

        assertThat(sent).containsExactly("c-1");
        assertThat(lanes.pending()).isEqualTo(2);
    }

    /// Whatever comes in whatever order: one undecided id a key, first sendings in the order asked, and at the
    /// end nothing is left.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void orderHoldsWhateverHappens(long seed) {
        var world = new World(new Random(seed));

        for (int i = 0; i < 500; i++) {
            world.step();
            assertThat(world.complaint()).as("seed %d, step %d", seed, i).isEmpty();
        }
        world.settle();

        assertThat(world.complaint()).as("seed %d", seed).isEmpty();
        assertThat(lanes.pending()).as("seed %d", seed).isZero();
    }

    private void end(Sent how) {
        var sending = onTheirWay.removeFirst();
        sending.then().accept(how);
    }

    private Asked command(String id, String key) {
        return command(asker, id, key);
    }

    private static Asked command(FakeAsker asker, String id, String key) {
        return new Asked(
                asker,
                id,
                new EventType("probe.act"),
                new Intake.Checked.Fitting("topic", key, "{}"),
                Span.getInvalid());
    }

    private record Sending(Asked command, Consumer<Sent> then) {}

    /// Remembers what it is told, as `what id`.
    private static final class FakeAsker implements Asker {

        private final List<String> told = new ArrayList<>();
        private final List<String> sentBack = new ArrayList<>();
        private final GatewayMeters meters = new GatewayMeters(new SimpleMeterRegistry());

        @Override
        public Request request(Asked asked) {
            throw new IllegalStateException("nothing goes to Kafka here");
        }

        @Override
        public void write(String frame) {
            told.add(frame.replaceFirst(
                    "\\{\"op\":\"accepted\",\"id\":\"([^\"]*)\".*|\\{\"op\":\"error\",\"re\":\"([^\"]*)\",\"code\":\"([^\"]*)\".*",
                    frame.contains("\"accepted\"") ? "accepted $1" : "$3 $2"));
        }

        @Override
        public void sentBack(String id, ErrorCode code, Duration retryAfter) {
            sentBack.add(id);
        }

        @Override
        public GatewayMeters meters() {
            return meters;
        }
    }

    /// A client, a broker and a function at random: what they know of each command.
    private final class World {

        private static final List<Sent> ENDINGS = List.of(Sent.CONFIRMED, Sent.NOT_TAKEN, Sent.UNKNOWN);
        private static final List<String> KEYS = List.of("a", "b", "c");

        private final Random random;
        private final Map<String, String> keys = new HashMap<>();
        private final Map<String, Deque<String>> asked = new HashMap<>();
        /// What is on Kafka and the function has not taken yet.
        private final List<String> records = new ArrayList<>();
        /// Commands that may take effect any time, and have not.
        private final Set<String> undecided = new HashSet<>();
        private final Set<String> decided = new HashSet<>();
        private int checked;
        private int commands;
        private String complaint = "";

        World(Random random) {
            this.random = random;
            KEYS.forEach(key -> asked.put(key, new ArrayDeque<>()));
        }

        String complaint() {
            return complaint;
        }

        void step() {
            switch (random.nextInt(6)) {
                case 0, 1 -> askNew();
                case 2 -> askAgain();
                case 3, 4 -> endOne(ENDINGS.get(random.nextInt(ENDINGS.size())));
                default -> decideOne();
            }
            check();
        }

        /// The client sends again what is open, the broker takes all, the function decides all.
        void settle() {
            for (int i = 0; i < 100 && lanes.pending() > 0; i++) {
                while (!onTheirWay.isEmpty() || !records.isEmpty()) {
                    endOne(Sent.CONFIRMED);
                    decideOne();
                    check();
                }
                sent.stream()
                        .distinct()
                        .filter(id -> !decided.contains(id) || wasLeftOpen(id))
                        .toList()
                        .forEach(id -> lanes.submit(command(id, key(id))));
                check();
            }
        }

        private boolean wasLeftOpen(String id) {
            var told =
                    asker.told.stream().filter(each -> each.endsWith(" " + id)).toList();
            return !told.isEmpty() && !told.getLast().startsWith("accepted");
        }

        private void askNew() {
            commands++;
            var key = KEYS.get(random.nextInt(KEYS.size()));
            var id = "c-" + commands;
            keys.put(id, key);
            lanes.submit(command(id, key));
            queue(key).add(id);
        }

        private void askAgain() {
            if (!sent.isEmpty()) {
                var id = sent.get(sent.size() - 1 - random.nextInt(Math.min(3, sent.size())));
                lanes.submit(command(id, key(id)));
            }
        }

        private void endOne(Sent how) {
            if (onTheirWay.isEmpty()) {
                return;
            }
            var sending = onTheirWay.remove(random.nextInt(onTheirWay.size()));
            var id = sending.command().id();
            if (how == Sent.CONFIRMED || (how == Sent.UNKNOWN && random.nextBoolean())) {
                records.add(id);
                if (!decided.contains(id)) {
                    undecided.add(id);
                }
            }
            sending.then().accept(how);
        }

        private void decideOne() {
            if (!records.isEmpty()) {
                var id = records.remove(random.nextInt(records.size()));
                undecided.remove(id);
                decided.add(id);
                lanes.decided(id);
            }
        }

        /// What goes to Kafka overtakes nothing that may still take effect, and goes in the order asked, but for
        /// what was refused meanwhile.
        private void check() {
            for (; checked < sent.size(); checked++) {
                var id = sent.get(checked);
                var overtaken = undecided.stream()
                        .filter(other -> !other.equals(id) && key(other).equals(key(id)))
                        .toList();
                if (!overtaken.isEmpty() && !decided.contains(id)) {
                    complaint = id + " overtakes " + overtaken;
                }
                if (sent.indexOf(id) == checked) {
                    inOrder(id);
                }
            }
            if (lanes.pending() < 0 || lanes.pending() > LIMIT) {
                complaint = "pending: " + lanes.pending();
            }
        }

        private void inOrder(String id) {
            var queue = queue(key(id));
            for (var next = queue.poll(); next != null && !next.equals(id); next = queue.poll()) {
                if (!asker.told.contains("unavailable " + next) && !asker.told.contains("busy " + next)) {
                    complaint = id + " goes before " + next;
                }
            }
        }

        private Deque<String> queue(String key) {
            return Objects.requireNonNull(asked.get(key), key);
        }

        private String key(String id) {
            return Objects.requireNonNull(keys.get(id), id);
        }
    }
}
