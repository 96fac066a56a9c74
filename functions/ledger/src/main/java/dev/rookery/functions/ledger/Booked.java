package dev.rookery.functions.ledger;

import dev.rookery.functions.ledger.Book.Made;
import dev.rookery.functions.ledger.chain.Covered;
import dev.rookery.functions.ledger.chain.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A transfer, and both accounts after it.
record Booked(Transfer transfer, Account debited, Account credited) {

    /// Fits the transfers into what shared pots hold, one after the other.
    ///
    /// @param shared pots that are everybody's, as they are under their locks
    static List<Booked> of(List<Made> made, Map<AccountId, Account> shared) {
        var current = new HashMap<>(shared);
        var booked = new ArrayList<Booked>();
        made.stream()
                .sorted(Comparator.comparingLong(each -> each.transfer().id()))
                .forEach(each -> {
                    var transfer = each.transfer();
                    booked.add(new Booked(
                            transfer,
                            after(each.debited(), transfer.debit(), -transfer.amount(), current),
                            after(each.credited(), transfer.credit(), transfer.amount(), current)));
                });
        return booked;
    }

    private static Account after(@Nullable Account owned, AccountId id, long amount, Map<AccountId, Account> shared) {
        return owned == null
                ? Objects.requireNonNull(shared.computeIfPresent(id, (_, account) -> account.moved(amount)))
                : owned;
    }

    Entry entry() {
        return Covered.TRANSFER.entry(
                transfer.id(),
                transfer.debit(),
                transfer.credit(),
                transfer.amount(),
                transfer.code().wireName(),
                transfer.round(),
                debited.balance(),
                debited.version(),
                credited.balance(),
                credited.version(),
                transfer.commandSource(),
                transfer.commandId(),
                transfer.trace());
    }
}
