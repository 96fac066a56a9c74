package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.Need;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `wallet.set-pace`: how often the player is asked whether to go on, and how long a session may last. What comes out
/// is `wallet.pace-set`.
record PaceRule() implements Rule<PaceRule.Pace, Need, Book> {

    private static final EventType SET = new EventType("wallet.pace-set");

    @Override
    public Need needs(Command<Pace> command) {
        return Need.of(command.request().player());
    }

    @Override
    public Decision decide(Command<Pace> command, Book book) {
        var pace = command.data();
        book.change(book.player(command.request().player())
                .seenAt(book.now())
                .paced(minutes(pace.realityCheckMinutes()), minutes(pace.sessionMinutes())));
        return new Decision.Done(SET, pace, List.of(Fact.of(command.request(), "pace", SET, pace)));
    }

    private static @Nullable Duration minutes(@Nullable Integer minutes) {
        return minutes == null ? null : Duration.ofMinutes(minutes);
    }

    /// @param realityCheckMinutes null for never
    /// @param sessionMinutes      null for as long as the player likes
    record Pace(
            @Nullable Integer realityCheckMinutes, @Nullable Integer sessionMinutes) {}
}
