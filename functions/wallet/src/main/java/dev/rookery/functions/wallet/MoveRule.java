package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.ledger.Account;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.Money;
import dev.rookery.functions.ledger.Movement;
import dev.rookery.functions.ledger.Need;
import dev.rookery.functions.ledger.Transfer;
import java.util.List;

/// `wallet.deposit` and `wallet.withdraw`: money between a player and the world, one instance for each
/// [Direction]. What comes out is `wallet.deposited` or `wallet.withdrawn`, or a refusal: `insufficient-funds`,
/// `balance-limit`, `deposit-limit`, `excluded`, `unknown-currency`.
///
/// Whether it is called at all for a command that comes twice is the runtime's concern; a refusal stays a refusal, even
/// when a deposit has come in between.
record MoveRule(Direction direction) implements Rule<Money, Need, Book> {

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
                yield done(command, account, transfer, after);
            }
        };
    }

    /// What the player is told, and other functions too: the fact is named by its transfer.
    private Decision done(Command<Money> command, Account account, Transfer transfer, long after) {
        var id = Long.toString(transfer.id());
        var moved =
                new Moved(account.id().value(), transfer.amount(), account.id().currency(), after, id);
        var key = command.request().player().value();
        return new Decision.Done(
                direction.done(), moved, List.of(new Fact("transfer-" + id, direction.done(), key, moved)));
    }

    private Decision refused(Refusal why) {
        return new Decision.Refused(direction.refused(), why);
    }

    /// @param account  the player's
    /// @param amount   in minor units
    /// @param balance  of the account, after it
    /// @param transfer its id in the ledger
    record Moved(String account, long amount, String currency, long balance, String transfer) {}
}
