package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.inbox.Inbox;
import java.time.InstantSource;
import java.util.function.Function;
import org.jooq.DSLContext;

/// `wallet.deposit` and `wallet.withdraw`: money between a player and the world, one instance for each
/// [Direction]. What comes out is `wallet.deposited` or `wallet.withdrawn`, or a refusal: `insufficient-funds`,
/// `balance-limit`, `unknown-currency`.
///
/// Called twice with the same command, it books once and answers twice: the account's lock comes first, then the
/// inbox's look-up, and the transfer is written in the transaction that records the outcome. A refusal stays a
/// refusal, even when a deposit has come in between.
///
/// Throws only when PostgreSQL is lost; the command is then delivered again.
final class MoveFunction implements Function<Command<Money>, Outcome> {

    private final Direction direction;
    private final DSLContext db;
    private final Inbox inbox;
    private final InstantSource clock;

    MoveFunction(Direction direction, DSLContext db, Inbox inbox, InstantSource clock) {
        this.direction = direction;
        this.db = db;
        this.inbox = inbox;
        this.clock = clock;
    }

    @Override
    public Outcome apply(Command<Money> command) {
        return db.transactionResult(transaction -> move(command, transaction.dsl()));
    }

    private Outcome move(Command<Money> command, DSLContext transaction) {
        var money = command.data();
        if (!money.isOfAKnownCurrency()) {
            return inbox.record(transaction, command, () -> refused(money.unknownCurrency()));
        }
        var account = new Accounts(transaction).lock(command.request().player(), money.currency());
        return inbox.record(transaction, command, () -> decide(command, account, new Transfers(transaction)));
    }

    private Decision decide(Command<Money> command, Account account, Transfers transfers) {
        return switch (direction.check(account, command.data())) {
            case Movement.Refused(var why) -> refused(why);
            case Movement.Allowed(long after) -> {
                var transfer = direction.transfer(account, command.data(), clock.instant(), command.trace());
                var booked = transfers.book(transfer);
                yield direction.done(account, transfer, booked, after);
            }
        };
    }

    private Decision refused(Refusal why) {
        return new Decision.Refused(direction.refused(), why);
    }
}
