package dev.rookery.eventing.delivery;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Request;
import dev.rookery.eventing.delivery.Handlers.Handler;
import dev.rookery.eventing.delivery.emission.Emission;
import dev.rookery.eventing.delivery.inbox.Confirmations;
import dev.rookery.eventing.delivery.inbox.Failures;
import dev.rookery.eventing.delivery.inbox.Faults;
import dev.rookery.eventing.delivery.inbox.Fingerprint;
import dev.rookery.eventing.delivery.inbox.Inbox;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Commands: run, recorded, told, and only then acknowledged.
///
/// A command that throws is tried a bounded number of times, over redeliveries; then its failure is its outcome:
/// recorded, told to the player, and a dead letter. Until then it is parked, and later commands of its key wait. A
/// command whose data is none fails at once. Nothing here leans on the dead letter: the failure is in the function's
/// own schema before it is written.
///
/// Whoever hangs, or ends with its process, counts no tries: the dispatcher does, and its dead letter is the end
/// ([#giveUp]).
final class CommandLane {

    /// What a player is told of a defect.
    static final String DEFECT_CODE = "internal";

    static final String DEFECT_MESSAGE = "the command could not be carried out";

    private static final Logger LOG = LoggerFactory.getLogger(CommandLane.class);
    private static final int MAX_CONFLICTS = 3;

    private final DSLContext db;
    private final Inbox inbox;
    private final Failures failures;
    private final Emission emission;
    private final Confirmations confirmations;
    private final JsonMapper json;
    private final int maxTries;

    CommandLane(
            DSLContext db,
            Inbox inbox,
            Failures failures,
            Emission emission,
            Confirmations confirmations,
            JsonMapper json,
            int maxTries) {
        this.db = db;
        this.inbox = inbox;
        this.failures = failures;
        this.emission = emission;
        this.confirmations = confirmations;
        this.json = json;
        this.maxTries = maxTries;
    }

    Verdict run(Handler.OfCommands handler, Request request, byte[] data, String trace) {
        try {
            return new Attempt(handler, request, data, trace).run();
        } catch (RuntimeException thrown) {
            return verdict(thrown);
        }
    }

    /// A dispatcher has given up what was neither done nor had failed: now it has failed.
    Verdict giveUp(Handler.OfCommands handler, Request request, byte[] data, String trace) {
        try {
            return new Attempt(handler, request, data, trace).giveUp();
        } catch (RuntimeException thrown) {
            return verdict(thrown);
        }
    }

    private static Verdict verdict(RuntimeException thrown) {
        return switch (Faults.of(thrown)) {
            case CONFLICT, LOST_DEPENDENCY -> new Verdict.Later(thrown.toString());
            case DEFECT -> new Verdict.Defect(thrown.toString());
        };
    }

    /// One delivery of one command.
    private final class Attempt {

        private final Handler.OfCommands handler;
        private final Request request;
        private final byte[] data;
        private final String trace;

        Attempt(Handler.OfCommands handler, Request request, byte[] data, String trace) {
            this.handler = handler;
            this.request = request;
            this.data = data;
            this.trace = trace;
        }

        Verdict run() {
            Command<?> command;
            try {
                command = read();
            } catch (JacksonException e) {
                // What it says names our classes.
                return invalid(e, "does not fit " + request.type());
            } catch (IllegalArgumentException e) {
                return invalid(e, String.valueOf(e.getMessage()));
            }
            try {
                return tell(settled(() -> handler.function().apply(command)));
            } catch (RuntimeException thrown) {
                if (Faults.of(thrown) != Faults.DEFECT) {
                    throw thrown;
                }
                LOG.atError()
                        .addKeyValue("event_id", request.id())
                        .setCause(thrown)
                        .log("{} threw", request.type());
                return tried(command, thrown);
            }
        }

        private Verdict invalid(RuntimeException thrown, String complaint) {
            var fingerprint = Fingerprint.of(data);
            failures.add(request, data, fingerprint, thrown.toString());
            return fail(fingerprint, "invalid-data", "data: " + complaint);
        }

        Verdict giveUp() {
            var outcome = recordFailure(fingerprint(), DEFECT_CODE, DEFECT_MESSAGE);
            if (outcome instanceof Outcome.Recorded recorded) {
                emit(recorded);
            }
            return new Verdict.Delivered();
        }

        /// As [#run] takes it.
        private String fingerprint() {
            try {
                return read().fingerprint();
            } catch (JacksonException | IllegalArgumentException e) {
                return Fingerprint.of(data);
            }
        }

        private Command<?> read() {
            var tree = json.readTree(data);
            handler.schema().check(tree).ifPresent(complaint -> {
                throw new IllegalArgumentException(complaint.toString());
            });
            Object typed = json.treeToValue(tree, json.constructType(handler.dataType()));
            return new Command<>(request, Fingerprint.of(request.type(), tree), trace, typed);
        }

        private Verdict tried(Command<?> command, RuntimeException thrown) {
            int tries = failures.add(request, data, command.fingerprint(), thrown.toString());
            if (tries < maxTries) {
                return new Verdict.Defect("try " + tries + " of " + maxTries + ": " + thrown);
            }
            return fail(command.fingerprint(), DEFECT_CODE, DEFECT_MESSAGE);
        }

        private Verdict fail(String fingerprint, String code, String message) {
            return switch (tell(recordFailure(fingerprint, code, message))) {
                case Verdict.Delivered() -> new Verdict.Undeliverable(code + ": " + message);
                case Verdict other -> other;
            };
        }

        private Outcome recordFailure(String fingerprint, String code, String message) {
            return settled(() -> db.transactionResult(
                    transaction -> inbox.recordFailure(transaction.dsl(), request, fingerprint, code, message)));
        }

        private void emit(Outcome.Recorded recorded) {
            emission.emit(request, recorded);
            confirmations.add(request);
        }

        private Verdict tell(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Recorded recorded -> {
                    emit(recorded);
                    yield new Verdict.Delivered();
                }
                case Outcome.IdReused reused -> refuse(reused);
                case Outcome.Waiting(var behind) ->
                    new Verdict.Later("behind " + behind + " of the same key, which threw and has not ended");
            };
        }

        /// Worth an operator's look: a client that is not ours, or somebody who tries something.
        private Verdict refuse(Outcome.IdReused reused) {
            LOG.atWarn()
                    .addKeyValue("event_id", request.id())
                    .addKeyValue("player", request.player().value())
                    .log("id reused: recorded {}, given {}", reused.recorded(), reused.given());
            var sending = request.sending();
            if (sending == null) {
                return new Verdict.Undeliverable("id-reused: " + request.id() + " stands for another command");
            }
            emission.reject(request, sending, "id-reused", "id: " + request.id() + " stands for another command");
            return new Verdict.Delivered();
        }
    }

    /// Runs again at once what lost against another transaction; it will see what that one committed.
    private static Outcome settled(Supplier<Outcome> transaction) {
        for (int conflicts = 1; ; conflicts++) {
            try {
                return transaction.get();
            } catch (RuntimeException thrown) {
                if (conflicts == MAX_CONFLICTS || Faults.of(thrown) != Faults.CONFLICT) {
                    throw thrown;
                }
            }
        }
    }
}
