package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.Money;
import dev.rookery.functions.ledger.Movement;
import dev.rookery.functions.ledger.Need;
import java.util.ArrayList;
import java.util.List;

/// `wallet.deposit` and `wallet.withdraw`: money between a player and the world, one instance for each
/// [Direction]. What comes out is `wallet.deposited` or `wallet.withdrawn`, or a refusal: `insufficient-funds`,
/// `balance-limit`, `deposit-limit`, `excluded`, `unknown-currency`.
///
/// Whether it is called at all for a command that comes twice is the runtime's concern; a refusal stays a refusal, even
/// when a deposit has come in between.
///
/// @param large amounts of so many minor units and more are a fact of their own, for whoever watches for them
record MoveRule(Direction direction, long large) implements Rule<Money, Need, Book> {

    @Override
    public Need needs(Command<Money> command) {
        return Need.of(command.request().player(), command.data().currency());
    }

    @Override
    public Decision decide(Command<Money> command, Book book) {
        var money = command.data();
        var unknown = money.unknownCurrency();
        if (unknown.isPresent()) {
            return refused(unknown.get());
        }
        var player = book.player(command.request().player()).seenAt(book.now());
        book.change(player);
        var activity = book.activity(player.id(), money.currency());
        var forbidden = direction.forbidden(player, money, activity, book.now());
        if (forbidden.isPresent()) {
            return refused(forbidden.get());
        }
        var account = book.account(player.id(), money.currency());
        return switch (direction.check(account, money)) {
            case Movement.Refused(var why) -> refused(why);
            case Movement.Allowed(long after) -> {
                var transfer = book.move(
                        command,
                        direction.debit(account),
                        direction.credit(account),
                        money.amount(),
                        direction.code(),
                        null);
                var moved = new Moved(
                        account.id().value(), money.amount(), money.currency(), after, Long.toString(transfer.id()));
                yield new Decision.Done(
                        direction.done(), direction.told(moved, account, player, book.now()), facts(command, moved));
            }
        };
    }

    /// Other functions are told of every transfer; facts are named by it.
    private List<Fact> facts(Command<Money> command, Moved moved) {
        var key = command.request().player().value();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("transfer-" + moved.transfer(), direction.done(), key, moved));
        if (moved.amount() >= large) {
            facts.add(new Fact("large-transfer-" + moved.transfer(), direction.large(), key, moved));
        }
        return facts;
    }

    private Decision refused(Refusal why) {
        return new Decision.Refused(direction.refused(), why);
    }
}
