package dev.rookery.eventing.delivery.inbox;

import static dev.rookery.eventing.delivery.tables.Tables.INBOX;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Ending;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.contract.Sending;
import dev.rookery.eventing.delivery.tables.tables.records.InboxRecord;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Gives a command its one effect and its one outcome.
///
/// The order of steps in a function's transaction is what makes it safe when the same command is delivered twice
/// at the same moment:
///
/// 1. lock what the command changes, in a statement of its own, in the order of ids;
/// 2. call [#record]: it looks the command up, in a statement of its own, so that it sees what the holder of the
///    lock committed while this one waited (look-up and lock in one statement would still see the snapshot from
/// before);
/// 3. only if the command is new, decide and write; the outcome goes into the inbox;
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
        var request = command.request();
        return find(transaction, request, command.fingerprint())
                .orElseGet(
                        () -> insert(transaction, request, command.fingerprint(), writer.write(request, decide.get())));
    }

    /// Records that a command failed for good, unless it has an outcome already.
    ///
    /// @param transaction one of its own: the command's was rolled back
    /// @param code        for programs
    /// @param message     for people, and free of what is none of the player's business
    public Outcome recordFailure(
            DSLContext transaction, Request request, String fingerprint, String code, String message) {
        return find(transaction, request, fingerprint)
                .orElseGet(
                        () -> insert(transaction, request, fingerprint, writer.writeFailure(request, code, message)));
    }

    private Optional<Outcome> find(DSLContext transaction, Request request, String fingerprint) {
        return transaction
                .selectFrom(INBOX)
                .where(INBOX.SOURCE.eq(request.player().source()))
                .and(INBOX.ID.eq(request.id()))
                .fetchOptional()
                .map(row -> row.getFingerprint().equals(fingerprint)
                        ? recorded(row)
                        : new Outcome.IdReused(row.getFingerprint(), fingerprint));
    }

    private Outcome.Recorded insert(
            DSLContext transaction, Request request, String fingerprint, Outcome.Recorded outcome) {
        var row = new InboxRecord();
        row.setSource(request.player().source());
        row.setId(request.id());
        row.setFingerprint(fingerprint);
        row.setType(request.type().value());
        row.setEnding(outcome.ending().wireName());
        row.setEventId(outcome.eventId());
        row.setEvent(outcome.event());
        row.setFacts(writer.write(outcome.facts()));
        var sending = request.sending();
        if (sending != null) {
            row.setSession(sending.session());
            row.setSequence(sending.sequence());
            row.setPosition(sending.position().toString());
        }
        transaction.insertInto(INBOX).set(row).execute();
        return outcome;
    }

    private Outcome.Recorded recorded(InboxRecord row) {
        return new Outcome.Recorded(
                row.getEventId(),
                ending(row.getEnding()),
                row.getEvent(),
                writer.readFacts(row.getFacts()),
                first(row),
                true);
    }

    private static Ending ending(String name) {
        return Arrays.stream(Ending.values())
                .filter(ending -> ending.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("ending: " + name + " (expected: done, refused or failed)"));
    }

    private static @Nullable Sending first(InboxRecord row) {
        if (row.getSession() == null) {
            return null;
        }
        return new Sending(row.getSession(), row.getSequence(), Position.parse(row.getPosition()));
    }
}
