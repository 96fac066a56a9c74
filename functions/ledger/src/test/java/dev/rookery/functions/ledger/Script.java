package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.batch.Batches;
import dev.rookery.eventing.delivery.batch.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Commands whose data is what they do to the ledger, in euros.
public final class Script {

    public static final AccountId HOUSE = AccountId.of(AccountKind.HOUSE, "EUR");
    public static final AccountId CASH_IN = AccountId.of(AccountKind.CASH_IN, "EUR");

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final EventType DONE = new EventType("probe.done");
    private static final EventType REFUSED = new EventType("probe.refused");

    private final Batches<Need, Book> batches;
    private final Function<Command<Step>, Outcome> function;

    public Script(Batches<Need, Book> batches) {
        this.batches = batches;
        function = batches.of(new Steps());
    }

    /// What a command does; what it returns is told to the player.
    public interface Step {

        Object take(Command<?> command, Book book);
    }

    /// Commands that wait for a transaction.
    public int waiting() {
        return batches.waiting();
    }

    public Outcome run(PlayerId player, String id, Step step) {
        return function.apply(command(player, id, step));
    }

    public Outcome.Recorded ok(PlayerId player, String id, Step step) {
        return (Outcome.Recorded) run(player, id, step);
    }

    public static Command<Step> command(PlayerId player, String id, Step step) {
        var request = new Request(
                player, id, new EventType("probe.act"), player.value(), Instant.parse("2026-11-24T12:00:00Z"), null);
        return new Command<>(request, "f".repeat(64), TRACE, step);
    }

    public static Step deposit(long amount) {
        return (command, book) -> book.move(command, CASH_IN, mine(command), amount, Transfer.Code.DEPOSIT, null);
    }

    public static Step lose(long amount) {
        return (command, book) -> book.move(command, mine(command), HOUSE, amount, Transfer.Code.STAKE, "r-1");
    }

    public static Step win(long amount) {
        return (command, book) -> book.move(command, HOUSE, mine(command), amount, Transfer.Code.PAYOUT, "r-1");
    }

    public static AccountId mine(Command<?> command) {
        return AccountId.of(command.request().player(), "EUR");
    }

    private static final class Steps implements Rule<Step, Need, Book> {

        @Override
        public Need needs(Command<Step> command) {
            return new Need(
                    command.request().player(),
                    Set.of("EUR"),
                    Set.of(HOUSE),
                    Set.of("hold-" + command.request().player()),
                    3,
                    true);
        }

        @Override
        public Decision decide(Command<Step> command, Book book) {
            var told = command.data().take(command, book);
            return told instanceof Refusal refusal
                    ? new Decision.Refused(REFUSED, refusal)
                    : new Decision.Done(DONE, List.of(String.valueOf(told)), List.of());
        }
    }
}
