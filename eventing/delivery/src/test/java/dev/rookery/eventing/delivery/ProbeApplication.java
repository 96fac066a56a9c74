package dev.rookery.eventing.delivery;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.rookery.eventing.contract.Answer;
import dev.rookery.eventing.contract.Audience;
import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Push;
import dev.rookery.eventing.contract.Query;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.contract.RoomChange;
import dev.rookery.eventing.contract.RoomId;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.reads.Reads;
import dev.rookery.eventing.delivery.significant.WatchedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

    /// Which the catalog says is significant.
    private static final EventType GRAVE = new EventType("probe.acted-gravely");

    record Act(String how) {}

    /// What to tell others besides acting.
    ///
    /// @param room    the room that is changed and told
    /// @param grant   players who may join it
    /// @param revoke  players who may join it no longer
    /// @param tell    players who are pushed to, each `probe.told`
    /// @param moves   how many `probe.moved` the room is told
    record Tell(String room, List<String> grant, List<String> revoke, List<String> tell, int moves) {}

    /// One effect a command, under a lock of the player's.
    @Bean
    Function<Command<Act>, Outcome> act(DSLContext db, Inbox inbox, Defect defect) {
        return command -> db.transactionResult(transaction -> {
            var dsl = transaction.dsl();
            dsl.execute(
                    "select pg_advisory_xact_lock(hashtext(?))",
                    command.request().player().value());
            return inbox.record(dsl, command, () -> decide(command, dsl, defect));
        });
    }

    /// Opens its own room to others and tells them; refuses when there is nothing to do.
    @Bean
    Function<Command<Tell>, Outcome> tell(DSLContext db, Inbox inbox) {
        return command -> db.transactionResult(
                transaction -> inbox.record(transaction.dsl(), command, () -> decide(command.data())));
    }

    @Bean
    CountedChore chore() {
        return new CountedChore(new AtomicInteger());
    }

    @Bean
    Defect defect() {
        return new Defect(new AtomicBoolean());
    }

    @Bean
    WatchedSettings watched() {
        return new WatchedSettings(Map.of("probe.mood", "good"));
    }

    record Defect(AtomicBoolean isMended) {}

    record CountedChore(AtomicInteger runs) implements Chore {

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public void run() {
            runs.incrementAndGet();
        }
    }

    @Bean
    Function<Query<Act>, Answer> countEffects(Reads reads) {
        return query -> switch (query.data().how()) {
            case "throwing" -> throw new IllegalStateException("asked to throw");
            case "writing" -> new Answer.Done(Map.of("written", reads.of(query, db -> write(query, db))));
            default -> new Answer.Done(Map.of("effects", reads.of(query, db -> count(query, db))));
        };
    }

    /// Which is no query's to do.
    private static int write(Query<Act> query, DSLContext db) {
        return db.insertInto(table("effect"))
                .set(field("source"), query.request().player().source())
                .set(field("command"), "q")
                .execute();
    }

    private static int count(Query<Act> query, DSLContext db) {
        return db.fetchCount(
                table("effect"), field("source").eq(query.request().player().source()));
    }

    private static Decision decide(Command<Act> command, DSLContext dsl, Defect defect) {
        var id = command.request().id();
        dsl.insertInto(table("effect"))
                .set(field("source"), command.request().player().source())
                .set(field("command"), id)
                .execute();
        if (command.data().how().equals("mendable") && !defect.isMended().get()) {
            throw new IllegalStateException("not mended yet");
        }
        return switch (command.data().how()) {
            case "well", "mendable" ->
                new Decision.Done(
                        ACTED, Map.of("trace", command.trace()), List.of(new Fact("fact-" + id, ACTED, "k", Map.of())));
            case "gravely" ->
                new Decision.Done(
                        ACTED,
                        Map.of(),
                        List.of(
                                new Fact("fact-" + id, ACTED, "k", Map.of()),
                                new Fact("grave-" + id, GRAVE, "k", Map.of("how", "gravely"))));
            case "not" ->
                new Decision.Refused(new EventType("probe.act-refused"), new Refusal("not-today", "asked not to"));
            default -> throw new IllegalStateException("asked to throw");
        };
    }

    private static Decision decide(Tell tell) {
        var room = new RoomId(tell.room());
        var changes = new ArrayList<RoomChange>();
        tell.grant().forEach(player -> changes.add(new RoomChange.Granted(room, new PlayerId(player))));
        tell.revoke().forEach(player -> changes.add(new RoomChange.Revoked(room, new PlayerId(player))));
        var pushes = new ArrayList<Push>();
        if (!tell.tell().isEmpty()) {
            var players = tell.tell().stream().map(PlayerId::new).toList();
            pushes.add(
                    new Push(new EventType("probe.told"), Map.of("room", room.value()), new Audience.Players(players)));
        }
        for (int move = 1; move <= tell.moves(); move++) {
            pushes.add(new Push(new EventType("probe.moved"), Map.of("move", move), Audience.of(room)));
        }
        if (changes.isEmpty() && pushes.isEmpty()) {
            return new Decision.Refused(
                    new EventType("probe.tell-refused"), new Refusal("nothing-to-tell", "nobody was named"));
        }
        return new Decision.Done(new EventType("probe.has-told"), Map.of(), List.of())
                .withRoomChanges(changes)
                .withPushes(pushes);
    }
}
