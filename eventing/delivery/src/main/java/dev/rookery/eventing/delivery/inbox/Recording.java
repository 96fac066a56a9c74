package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Outcome.RecordedFact;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.inbox.InboxTable.Found;
import dev.rookery.eventing.delivery.significant.SignificantEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The outcomes of commands that are recorded in one transaction. Lives as long as that, in one thread.
public final class Recording {

    private final InboxTable table;
    private final SignificantEvents events;
    private final OutcomeWriter writer;
    private final @Nullable UUID batch;
    private final Map<CommandName, Found> known = new HashMap<>();
    private final List<InboxRow> added = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<CommandName> freed = new ArrayList<>();
    private final List<RecordedFact> reused = new ArrayList<>();

    Recording(
            InboxTable table,
            SignificantEvents events,
            List<Request> requests,
            OutcomeWriter writer,
            @Nullable UUID batch) {
        this.table = table;
        this.events = events;
        this.writer = writer;
        this.batch = batch;
        var distinct = new LinkedHashMap<CommandName, Request>();
        requests.forEach(request -> distinct.putIfAbsent(CommandName.of(request), request));
        table.find(List.copyOf(distinct.values())).forEach(found -> known.put(found.name(), found));
    }

    /// A command that was recorded before, if only a moment ago in this transaction, is not decided again; one
    /// whose key has a parked one before it is not decided yet.
    ///
    /// @param decide called once at most, in the caller's thread
    public Outcome record(Command<?> command, Supplier<Decision> decide) {
        var request = command.request();
        var behind = found(request).behind();
        if (found(request).row() == null && behind != null) {
            return new Outcome.Waiting(behind);
        }
        return record(request, command.fingerprint(), () -> writer.write(request, decide.get()));
    }

    Outcome record(Request request, String fingerprint, Supplier<Outcome.Recorded> outcome) {
        var found = found(request);
        if (found.isParked()) {
            // One delivery may have thrown while another one was carried out.
            freed.add(found.name());
        }
        var earlier = found.row();
        if (earlier != null) {
            return earlier.fingerprint().equals(fingerprint) ? earlier.again() : reused(request, earlier, fingerprint);
        }
        var decided = outcome.get();
        var row = new InboxRow(found.name(), fingerprint, request.type(), decided, batch);
        known.put(found.name(), new Found(found.name(), row, false, null));
        added.add(row);
        keys.add(request.key());
        return decided;
    }

    private Outcome reused(Request request, InboxRow earlier, String fingerprint) {
        var outcome = new Outcome.IdReused(earlier.fingerprint(), fingerprint);
        reused.add(writer.writeReuse(request, outcome));
        return outcome;
    }

    /// What is new, in the order in which it was decided.
    public List<InboxRow> added() {
        return List.copyOf(added);
    }

    /// Writes what is new; called once, before the commit.
    public void save() {
        if (!added.isEmpty()) {
            table.insert(added, keys);
        }
        if (!freed.isEmpty()) {
            table.free(freed);
        }
        events.add(reused);
    }

    private Found found(Request request) {
        return Objects.requireNonNull(
                known.get(CommandName.of(request)),
                () -> "command: " + request.id() + " was not looked up (expected: one of those that were)");
    }
}
