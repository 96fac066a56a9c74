package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.Money;
import dev.rookery.functions.ledger.Need;
import dev.rookery.functions.ledger.protection.LimitKind;
import dev.rookery.functions.ledger.protection.Period;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `wallet.set-limit`: what the player allows oneself, at once when it is less, after a day when it is more. What comes
/// out is `wallet.limit-set` with the moment from which on it counts, or the refusal `unknown-currency`.
record SetLimitRule() implements Rule<SetLimitRule.Wish, Need, Book> {

    private static final EventType SET = new EventType("wallet.limit-set");
    private static final EventType REFUSED = new EventType("wallet.set-limit-refused");

    @Override
    public Need needs(Command<Wish> command) {
        return Need.ofLimits(command.request().player());
    }

    @Override
    public Decision decide(Command<Wish> command, Book book) {
        var wish = command.data();
        if (Money.scale(wish.currency()).isEmpty()) {
            return new Decision.Refused(
                    REFUSED,
                    new Refusal(
                            "unknown-currency", "currency: " + wish.currency() + " (expected: a code of ISO 4217)"));
        }
        var player = command.request().player();
        var seen = book.player(player).seenAt(book.now());
        book.change(seen);
        var rule = seen.limits()
                .ask(wish.currency(), LimitKind.of(wish.kind()), Period.of(wish.period()), wish.amount(), book.now());
        book.limit(player, rule);
        var set = new Set(wish.kind(), wish.period(), wish.amount(), wish.currency(), rule.effective());
        return new Decision.Done(SET, set, List.of(Fact.of(command.request(), "limit", SET, set)));
    }

    /// @param kind   `deposit`, `stake` or `loss`
    /// @param period `day`, `week` or `month`
    /// @param amount in minor units; null for none any more
    record Wish(String kind, String period, @Nullable Long amount, String currency) {}

    /// @param effective from when on it counts
    record Set(String kind, String period, @Nullable Long amount, String currency, Instant effective) {}
}
