package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Outcome;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A command and its outcome as the inbox holds them.
///
/// @param fingerprint of the command's type and data
/// @param type        of the command
/// @param batch       the transaction that recorded it, when that is named
public record InboxRow(
        CommandName name,
        String fingerprint,
        EventType type,
        Outcome.Recorded outcome,
        @Nullable UUID batch) {

    /// The same outcome, for a delivery that came later.
    Outcome.Recorded again() {
        return new Outcome.Recorded(
                outcome.eventId(),
                outcome.ending(),
                outcome.event(),
                outcome.facts(),
                outcome.pushes(),
                outcome.roomChanges(),
                outcome.first(),
                true);
    }
}
