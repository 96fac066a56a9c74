package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.ledger.Book;
import dev.rookery.functions.ledger.Need;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `wallet.acknowledge-time`: the player has seen for how long it has been, and goes on. What comes out is
/// `wallet.time-acknowledged`.
record AcknowledgeRule() implements Rule<Map<String, Object>, Need, Book> {

    private static final EventType ACKNOWLEDGED = new EventType("wallet.time-acknowledged");

    @Override
    public Need needs(Command<Map<String, Object>> command) {
        return Need.of(command.request().player());
    }

    @Override
    public Decision decide(Command<Map<String, Object>> command, Book book) {
        var player = book.player(command.request().player()).seenAt(book.now()).acknowledged(book.now());
        book.change(player);
        return new Decision.Done(ACKNOWLEDGED, new Acknowledged(player.sessionBegan()), List.of());
    }

    /// @param since when the session began
    record Acknowledged(@Nullable Instant since) {}
}
