package dev.rookery.eventing.delivery;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.inbox.Inbox;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// A function that does as its data says, so that tests see what the runtime makes of it.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DeliveryConfiguration.class)
class ProbeApplication {

    private static final EventType ACTED = new EventType("probe.acted");

    record Act(String how) {}

    /// One effect a command, under a lock of the player's.
    @Bean
    Function<Command<Act>, Outcome> act(DSLContext db, Inbox inbox) {
        return command -> db.transactionResult(transaction -> {
            var dsl = transaction.dsl();
            dsl.execute(
                    "select pg_advisory_xact_lock(hashtext(?))",
                    command.request().player().value());
            return inbox.record(dsl, command, () -> decide(command, dsl));
        });
    }

    @Bean
    Function<Query<Act>, Answer> countEffects(DSLContext db) {
        return query -> {
            if (query.data().how().equals("throwing")) {
                throw new IllegalStateException("asked to throw");
            }
            return new Answer.Done(Map.of("effects", db.fetchCount(table("effect"))));
        };
    }

    private static Decision decide(Command<Act> command, DSLContext dsl) {
        var id = command.request().id();
        dsl.insertInto(table("effect"))
                .set(field("source"), command.request().player().source())
                .set(field("command"), id)
                .execute();
        return switch (command.data().how()) {
            case "well" ->
                new Decision.Done(
                        ACTED, Map.of("trace", command.trace()), List.of(new Fact("fact-" + id, ACTED, "k", Map.of())));
            case "not" ->
                new Decision.Refused(new EventType("probe.act-refused"), new Refusal("not-today", "asked not to"));
            default -> throw new IllegalStateException("asked to throw");
        };
    }
}
