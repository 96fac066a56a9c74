package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.Need;
import dev.rookery.functions.ledger.protection.Player;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `wallet.exclude`: no deposit and no bet for a time, or for ever; at once, and never shorter than what was asked for
/// before. A time-out is a short one. What comes out is `wallet.excluded`.
record ExcludeRule() implements Rule<ExcludeRule.Wish, Need, Book> {

    private static final EventType EXCLUDED = new EventType("wallet.excluded");

    @Override
    public Need needs(Command<Wish> command) {
        return Need.of(command.request().player());
    }

    @Override
    public Decision decide(Command<Wish> command, Book book) {
        var hours = command.data().hours();
        var until = hours == null ? Player.FOR_EVER : book.now().plus(Duration.ofHours(hours));
        var player = book.player(command.request().player()).seenAt(book.now()).excluded(book.now(), until);
        book.change(player);
        var excluded = new Excluded(player.excludedUntil());
        return new Decision.Done(
                EXCLUDED, excluded, List.of(Fact.of(command.request(), "exclusion", EXCLUDED, excluded)));
    }

    /// @param hours null for ever
    record Wish(@Nullable Integer hours) {}

    record Excluded(@Nullable Instant until) {}
}
