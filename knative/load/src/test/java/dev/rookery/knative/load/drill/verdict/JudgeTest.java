package dev.rookery.knative.load.drill.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.drill.crowd.Asked;
import dev.rookery.knative.load.drill.crowd.Cashier;
import dev.rookery.knative.load.drill.crowd.Habit;
import dev.rookery.knative.load.drill.crowd.Testimony;
import dev.rookery.knative.load.drill.crowd.Testimony.End;
import dev.rookery.knative.load.drill.verdict.Books.Moved;
import dev.rookery.knative.load.drill.verdict.Books.Recorded;
import dev.rookery.knative.load.player.Observed;
import dev.rookery.knative.load.player.Violation;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One deposit and one round of dice that are as they should be, and then each thing that may be wrong with
/// them.
class JudgeTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Asked DEPOSIT = new Asked("c-1", "wallet.deposit", JSON.createObjectNode());
    private static final Asked BET = new Asked("c-2", "rounds.bet", JSON.createObjectNode());

    private final List<Testimony.Command> commands = new ArrayList<>(
            List.of(new Testimony.Command(DEPOSIT, new End.Told()), new Testimony.Command(BET, new End.Told())));
    private final Map<String, Event> told = new HashMap<>(Map.of(
            "c-1", event("c-1", "wallet.deposited", deposited(100)), "c-2", event("c-2", "rounds.settled", settled())));
    private final List<String> changed = new ArrayList<>();
    private final List<Testimony.Reuse> reuses = new ArrayList<>();
    private final List<String> stale = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private @Nullable Instant beganAnew;
    private final List<Cashier.Paid> paid = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private int poisoned;
    private final List<Recorded> outcomes = new ArrayList<>(List.of(
            recorded("wallet", "c-1", "wallet.deposited", deposited(100)),
            recorded("rounds", "c-2", "rounds.settled", settled())));
    private final List<Moved> transfers = new ArrayList<>(List.of(
            new Moved("p-1", "c-1", "deposit", 100),
            new Moved("p-1", "c-2", "stake", -10),
            new Moved("p-1", "c-2", "payout", 15)));
    private long balance = 105;
    private final List<String> overLimit = new ArrayList<>();
    private final List<String> overdue = new ArrayList<>();
    private final List<String> untold = new ArrayList<>();

    @Test
    void whatIsRightIsKept() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void aCommandWithoutAnEndIsFound() {
        commands.add(
                new Testimony.Command(new Asked("c-3", "wallet.deposit", JSON.createObjectNode()), new End.None()));

        assertThat(broken()).containsExactly("decided");
    }

    @Test
    void aDurableCommandWithoutAnOutcomeIsFound() {
        paid.add(new Cashier.Paid("p-1", "cash-1"));

        assertThat(broken()).containsExactly("decided");
    }

    @Test
    void aCommandThatFailedIsFoundUnlessItWasMeantTo() {
        outcomes.add(new Recorded("wallet", "p-1", "poison-1", "failed", json("e-p", "wallet.failed"), NOON));
        told.put("poison-1", failed("e-p", "poison-1"));
        assertThat(broken()).isEmpty();

        outcomes.add(new Recorded("wallet", "p-1", "c-3", "failed", json("e-3", "wallet.failed"), NOON));
        told.put("c-3", failed("e-3", "c-3"));
        assertThat(broken()).containsExactly("failed");
    }

    @Test
    void aBalanceThatNobodyWasToldOfIsFound() {
        balance = 104;

        assertThat(broken()).containsExactly("I2 told");
    }

    @Test
    void aSecondOutcomeIsFound() {
        outcomes.add(recorded("wallet", "c-1", "wallet.deposited", deposited(100)));

        assertThat(broken()).containsExactly("I4 outcomes", "I4 effects");
    }

    @Test
    void aSecondEffectIsFound() {
        transfers.add(new Moved("p-1", "c-1", "deposit", 100));
        balance = 205;

        assertThat(broken()).containsExactly("I2 told", "I4 effects");
    }

    @Test
    void anEffectWithoutAnOutcomeIsFound() {
        transfers.add(new Moved("p-1", "c-9", "deposit", 100));

        assertThat(broken()).containsExactly("I4 effects");
    }

    @Test
    void anEffectOfARefusedCommandIsFound() {
        outcomes.add(new Recorded("wallet", "p-1", "c-3", "refused", json("e-3", "wallet.withdraw-refused"), NOON));
        told.put("c-3", refused("e-3", "c-3"));
        transfers.add(new Moved("p-1", "c-3", "withdrawal", -5));

        assertThat(broken()).containsExactly("I4 effects");
    }

    @Test
    void anIdThatStoodForTwoCommandsIsFound() {
        reuses.add(new Testimony.Reuse(DEPOSIT, new End.Rejected("id-reused")));
        assertThat(broken()).isEmpty();

        reuses.add(new Testimony.Reuse(BET, new End.Told()));
        assertThat(broken()).containsExactly("I4 reuse");
    }

    @Test
    void anAnswerThatIsNotTheRecordedOneIsFound() {
        told.put("c-1", event("c-1", "wallet.deposited", deposited(100).put("balance", 7)));

        assertThat(broken()).containsExactly("I5");
    }

    @Test
    void anAnswerThatChangedIsFound() {
        changed.add("c-1: something else");

        assertThat(broken()).containsExactly("I5");
    }

    @Test
    void anOutcomeThatDidNotReachItsPlayerIsFound() {
        addExpired();

        assertThat(broken()).containsExactly("I2 told", "I10");
    }

    /// The protocol has the player read its state again; its own commands it has sent again.
    @Test
    void whatWasToldBeforeTheStreamBeganAnewMayHaveBeenLostButForOwnCommands() {
        addExpired();
        beganAnew = NOON.plusSeconds(1);
        assertThat(broken()).isEmpty();

        told.remove("c-1");
        assertThat(broken()).containsExactly("I10");
    }

    @Test
    void anOutcomeThatWaitsToBeToldIsFound() {
        untold.add("c-1");

        assertThat(broken()).containsExactly("I10 untold");
    }

    @Test
    void aStakeOverALimitIsFound() {
        overLimit.add("transfer 1");

        assertThat(broken()).containsExactly("I12 stakes");
    }

    @Test
    void anAnswerThatIsNotRecordedIsFound() {
        told.put("c-3", refused("e-3", "c-3"));

        assertThat(broken()).containsExactly("I14");
    }

    @Test
    void aRoundPastItsDeadlineIsFound() {
        overdue.add("round 1");

        assertThat(broken()).containsExactly("I15 now");
    }

    @Test
    void aBrokenPromiseOfTheProtocolIsFound() {
        violations.add(new Violation(Violation.Kind.GAP, "seq: 3 (expected: 2)"));

        assertThat(broken()).containsExactly("protocol");
    }

    @Test
    void aReadThatLacksWhatWasToldIsFound() {
        stale.add("statement");

        assertThat(broken()).containsExactly("reads");
    }

    @Test
    void aDeadLetterTooManyOrTooFewIsFound() {
        letters.add("/players/p-1 c-1");
        assertThat(broken()).containsExactly("dead letters");

        poisoned = 1;
        assertThat(broken()).isEmpty();

        letters.clear();
        assertThat(broken()).containsExactly("dead letters");
    }

    private void addExpired() {
        outcomes.add(recorded("rounds", "expire-1", "rounds.settled", settled()));
        transfers.add(new Moved("p-1", "expire-1", "stake", -10));
        transfers.add(new Moved("p-1", "expire-1", "payout", 15));
        balance = 110;
    }

    private List<String> broken() {
        var observed = new Observed(1, 0, 2, 2, 0, Map.of(), Map.of(), violations.size(), violations);
        var testimony = new Testimony("p-1", Habit.FREE, commands, told, changed, reuses, stale, beganAnew, observed);
        var books = new Books(outcomes, transfers, Map.of("p-1", balance), overLimit, overdue, untold);
        return Judge.of(new Evidence(List.of(testimony), paid, letters, poisoned, books)).stream()
                .filter(check -> !check.isKept())
                .map(Check::name)
                .toList();
    }

    private static ObjectNode deposited(long amount) {
        return JSON.createObjectNode().put("amount", amount);
    }

    private static ObjectNode settled() {
        return JSON.createObjectNode().put("state", "settled").put("stake", 10).put("payout", 15);
    }

    private static Event event(String command, String type, ObjectNode data) {
        return new Event(1, "e-" + command, type, command, Outcome.DONE, false, data);
    }

    private static Event refused(String id, String command) {
        return new Event(2, id, "wallet.withdraw-refused", command, Outcome.REFUSED, false, JSON.createObjectNode());
    }

    private static Event failed(String id, String command) {
        return new Event(3, id, "wallet.failed", command, Outcome.FAILED, false, JSON.createObjectNode());
    }

    private static Recorded recorded(String function, String command, String type, ObjectNode data) {
        return new Recorded(
                function, "p-1", command, "done", json("e-" + command, type).set("data", data), NOON);
    }

    private static ObjectNode json(String id, String type) {
        return JSON.createObjectNode().put("id", id).put("type", type).set("data", JSON.createObjectNode());
    }
}
