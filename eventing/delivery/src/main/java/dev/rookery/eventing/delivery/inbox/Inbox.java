package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.significant.SignificantEvents;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Gives a command its one effect and its one outcome.
///
/// The order of steps in a function's transaction is what makes it safe when the same command is delivered twice
/// at the same moment:
///
/// 1. lock what the command changes, in a statement of its own, in the order of ids;
/// 2. call [#record], or [#look] for several: it looks the command up, in a statement of its own, so that it sees
///    what the holder of the lock committed while this one waited (look-up and lock in one statement would still see
///    the snapshot from before);
/// 3. only if the command is new and no earlier one of its key is parked, decide and write; the outcome goes into the
///    inbox, and a note beside it that it is not told yet;
/// 4. commit.
///
/// Two deliveries that lock different rows, such as the same id with other content, meet in the inbox's primary
/// key: one transaction fails and the runtime runs it again.
public final class Inbox {

    private final OutcomeWriter writer;

    public Inbox(OutcomeWriter writer) {
        this.writer = writer;
    }

    /// Decides a new command and records what was decided; a command that was recorded before is not decided
    /// again.
    ///
    /// @param transaction the function's own
    /// @param decide      called once at most, in the caller's thread; its writes go through the same transaction
    public Outcome record(DSLContext transaction, Command<?> command, Supplier<Decision> decide) {
        var recording = look(transaction, List.of(command), null);
        var outcome = recording.record(command, decide);
        recording.save();
        return outcome;
    }

    /// Looks up commands that are recorded in one transaction: those that are new are decided and recorded one after
    /// the other, and written together.
    ///
    /// @param batch names the transaction in the rows that it writes
    public Recording look(DSLContext transaction, List<? extends Command<?>> commands, @Nullable UUID batch) {
        var requests = commands.stream().map(Command::request).toList();
        return recording(transaction, requests, batch);
    }

    /// Records that a command failed for good, unless it has an outcome already.
    ///
    /// @param transaction one of its own: the command's was rolled back
    /// @param code        for programs
    /// @param message     for people, and free of what is none of the player's business
    public Outcome recordFailure(
            DSLContext transaction, Request request, String fingerprint, String code, String message) {
        var recording = recording(transaction, List.of(request), null);
        var outcome = recording.record(request, fingerprint, () -> writer.writeFailure(request, code, message));
        recording.save();
        return outcome;
    }

    private Recording recording(DSLContext transaction, List<Request> requests, @Nullable UUID batch) {
        return new Recording(
                new InboxTable(transaction, writer.texts()),
                new SignificantEvents(transaction),
                requests,
                writer,
                batch);
    }

    /// Reads a row of the inbox's columns.
    InboxRow row(Record found) {
        return InboxTable.row(found, writer.texts());
    }
}
