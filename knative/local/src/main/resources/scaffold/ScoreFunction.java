package dev.rookery.functions.@name@;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.inbox.Inbox;
import java.util.List;
import java.util.function.Function;
import org.jooq.DSLContext;

/// `@name@.score`: adds points to the player's. What comes out is `@name@.scored` with the new total, which is a fact
/// for others too, or `@name@.score-refused` when there would be too many.
final class ScoreFunction implements Function<Command<ScoreFunction.Points>, Outcome> {

    static final long MOST = 1_000_000;
    private static final EventType SCORED = new EventType("@name@.scored");
    private static final EventType REFUSED = new EventType("@name@.score-refused");

    private final DSLContext db;
    private final Inbox inbox;

    ScoreFunction(DSLContext db, Inbox inbox) {
        this.db = db;
        this.inbox = inbox;
    }

    record Points(long points) {}

    record Total(long total) {}

    /// First the lock, then the look into the inbox, then the decision: so it happens once, however often it comes.
    @Override
    public Outcome apply(Command<Points> command) {
        var player = command.request().player().value();
        return db.transactionResult(transaction -> {
            var dsl = transaction.dsl();
            dsl.execute("insert into total (player) values (?) on conflict do nothing", player);
            var total = dsl.fetchSingle("select points from total where player = ? for update", player)
                    .get(0, long.class);
            return inbox.record(dsl, command, () -> {
                var decision = decide(command, total);
                if (decision instanceof Decision.Done) {
                    dsl.execute(
                            "update total set points = points + ? where player = ?",
                            command.data().points(),
                            player);
                }
                return decision;
            });
        });
    }

    /// The rule: pure, so that a test needs nothing but values.
    static Decision decide(Command<Points> command, long total) {
        long sum = total + command.data().points();
        if (sum > MOST) {
            return new Decision.Refused(REFUSED, new Refusal("too-many-points", "no more than " + MOST));
        }
        var fact = Fact.of(command.request(), "score", SCORED, new Total(sum));
        return new Decision.Done(SCORED, new Total(sum), List.of(fact));
    }
}
