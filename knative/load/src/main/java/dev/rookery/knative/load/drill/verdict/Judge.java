package dev.rookery.knative.load.drill.verdict;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.rookery.knative.load.drill.crowd.Testimony;
import dev.rookery.knative.load.drill.crowd.Testimony.End;
import dev.rookery.knative.load.drill.verdict.Books.Moved;
import dev.rookery.knative.load.drill.verdict.Books.Recorded;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Compares what players saw with what the database has. Pure: what the audit of the ledger finds comes on top.
public final class Judge {

    /// How a command that has no outcome may have ended for its player.
    private static final String ID_REUSED = "id-reused";

    private final Evidence evidence;
    private final Map<Name, List<Recorded>> recorded;
    private final Map<Name, List<Moved>> moved;

    private Judge(Evidence evidence) {
        this.evidence = evidence;
        this.recorded =
                evidence.books().outcomes().stream().collect(groupingBy(each -> new Name(each.player(), each.id())));
        this.moved = evidence.books().transfers().stream()
                .collect(groupingBy(each -> new Name(each.player(), each.command())));
    }

    public static List<Check> of(Evidence evidence) {
        var judge = new Judge(evidence);
        return List.of(
                judge.decided(),
                judge.failed(),
                judge.balances(),
                judge.ids(),
                judge.effects(),
                judge.reuses(),
                judge.replies(),
                judge.reached(),
                judge.untold(),
                judge.stakes(),
                judge.durable(),
                judge.deadlines(),
                judge.protocol(),
                judge.reads(),
                judge.letters());
    }

    private Check decided() {
        var findings = new ArrayList<String>();
        evidence.testimonies()
                .forEach(testimony -> testimony.commands().forEach(command -> {
                    if (!(command.end() instanceof End.Told)) {
                        findings.add(testimony.player() + ": " + command + " (expected: an event)");
                    }
                }));
        evidence.paid().stream()
                .filter(paid -> !recorded.containsKey(new Name(paid.player(), paid.id())))
                .forEach(paid -> findings.add(paid + " was durable on the topic (expected: an outcome)"));
        return Check.of(
                "decided",
                "every command that was asked for or called durable has an outcome",
                commands() + evidence.paid().size(),
                findings);
    }

    /// A refusal is the rules' word; a failure is ours.
    private Check failed() {
        var findings = evidence.books().outcomes().stream()
                .filter(each -> each.ending().equals("failed") && !each.id().startsWith("poison"))
                .map(each -> each.player() + ": " + each.event())
                .toList();
        return Check.of(
                "failed",
                "no command failed but the poisoned one",
                evidence.books().outcomes().size(),
                findings);
    }

    /// What a player has is what it was told; what it missed while its stream began anew is taken from the
    /// books.
    private Check balances() {
        var findings = new ArrayList<String>();
        for (var testimony : evidence.testimonies()) {
            long told = testimony.told().values().stream()
                    .filter(event -> event.outcome() == Outcome.DONE)
                    .mapToLong(event -> effect(event.type(), event.data()).stream()
                            .mapToLong(Effect::delta)
                            .sum())
                    .sum();
            long missed = recorded(testimony.player())
                    .filter(each -> !testimony.told().containsKey(each.id()) && mayHaveMissed(testimony, each))
                    .mapToLong(each ->
                            expected(each).stream().mapToLong(Effect::delta).sum())
                    .sum();
            long balance = evidence.books().balances().getOrDefault(testimony.player(), 0L);
            if (told + missed != balance) {
                findings.add(testimony.player() + ": balance: " + balance + " (expected: " + (told + missed)
                        + ", by what was told)");
            }
        }
        return Check.of(
                "I2 told",
                "a balance is the sum of what its player was told",
                evidence.testimonies().size(),
                findings);
    }

    private Check ids() {
        var findings = recorded.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> each.getKey() + ": " + each.getValue().size() + " outcomes (expected: one)")
                .sorted()
                .toList();
        return Check.of("I4 outcomes", "a command has one outcome", recorded.size(), findings);
    }

    private Check effects() {
        var findings = new ArrayList<String>();
        recorded.forEach((name, outcomes) -> {
            var expected =
                    outcomes.stream().map(Judge::expected).flatMap(List::stream).toList();
            // One outcome, one effect: a second outcome is not what makes a second effect right.
            var once = expected(outcomes.getFirst());
            var found = moved.getOrDefault(name, List.of()).stream()
                    .map(each -> new Effect(each.code(), each.delta()))
                    .toList();
            if (!found.equals(once) || expected.size() != once.size()) {
                findings.add(name + ": moved " + found + " (expected: " + once + ")");
            }
        });
        moved.forEach((name, found) -> {
            if (!recorded.containsKey(name)) {
                findings.add(name + ": moved " + found + " without an outcome (expected: nothing)");
            }
        });
        return Check.of("I4 effects", "a command moves what its outcome says, once", recorded.size(), findings);
    }

    private Check reuses() {
        var findings = new ArrayList<String>();
        long looked = 0;
        for (var testimony : evidence.testimonies()) {
            looked += testimony.reuses().size();
            testimony.reuses().stream()
                    .filter(reuse -> !reuse.end().equals(new End.Rejected(ID_REUSED)))
                    .forEach(reuse -> findings.add(
                            testimony.player() + ": " + reuse + " (expected: rejected, " + ID_REUSED + ")"));
        }
        return Check.of("I4 reuse", "another command under a used id is refused", looked, findings);
    }

    private Check replies() {
        var findings = new ArrayList<String>();
        long looked = 0;
        for (var testimony : evidence.testimonies()) {
            testimony.changed().forEach(changed -> findings.add(testimony.player() + ": " + changed));
            for (var told : testimony.told().entrySet()) {
                looked++;
                var outcomes = recorded.getOrDefault(new Name(testimony.player(), told.getKey()), List.of());
                if (!outcomes.isEmpty() && outcomes.stream().noneMatch(each -> isSame(told.getValue(), each))) {
                    findings.add(testimony.player() + ": told " + told.getValue() + " (expected: "
                            + outcomes.getFirst().event() + ", as recorded)");
                }
            }
        }
        return Check.of("I5", "a command is answered with its recorded outcome, each time", looked, findings);
    }

    private Check reached() {
        var findings = new ArrayList<String>();
        for (var testimony : evidence.testimonies()) {
            var own = testimony.commands().stream()
                    .map(command -> command.asked().id())
                    .collect(toSet());
            recorded(testimony.player())
                    .filter(each -> !testimony.told().containsKey(each.id()))
                    .filter(each -> own.contains(each.id()) || !mayHaveMissed(testimony, each))
                    .forEach(each -> findings.add(testimony.player() + ": not told " + each.event()));
        }
        return Check.of(
                "I10",
                "every outcome reaches its player",
                evidence.books().outcomes().size(),
                findings);
    }

    private Check untold() {
        return Check.of(
                "I10 untold",
                "nothing waits to be told",
                evidence.books().outcomes().size(),
                evidence.books().untold());
    }

    private Check stakes() {
        return Check.of(
                "I12 stakes",
                "no stake goes over a limit",
                evidence.books().transfers().stream()
                        .filter(each -> each.code().equals("stake"))
                        .count(),
                evidence.books().overLimit());
    }

    private Check durable() {
        var findings = new ArrayList<String>();
        long looked = 0;
        for (var testimony : evidence.testimonies()) {
            for (var told : testimony.told().keySet()) {
                looked++;
                if (!recorded.containsKey(new Name(testimony.player(), told))) {
                    findings.add(testimony.player() + ": " + told + " was told and is not recorded");
                }
            }
        }
        return Check.of("I14", "what a player was told is recorded", looked, findings);
    }

    private Check deadlines() {
        return Check.of(
                "I15 now",
                "no round is open past its deadline",
                evidence.books().overdue().size(),
                evidence.books().overdue());
    }

    private Check protocol() {
        var findings = new ArrayList<String>();
        long looked = 0;
        for (var testimony : evidence.testimonies()) {
            looked += testimony.observed().events() + testimony.observed().repeats();
            testimony.observed().violations().forEach(each -> findings.add(testimony.player() + ": " + each));
        }
        return Check.of("protocol", "events come in order, each once, over every connection", looked, findings);
    }

    private Check reads() {
        var findings = evidence.testimonies().stream()
                .flatMap(testimony -> testimony.stale().stream().map(each -> testimony.player() + ": " + each))
                .toList();
        return Check.of(
                "reads",
                "who reads finds what it was told",
                evidence.testimonies().size(),
                findings);
    }

    /// Those of the poisoned records are there, and no others; one may be there twice.
    private Check letters() {
        var different = new HashSet<>(evidence.letters());
        var findings = different.size() == evidence.poisoned()
                ? List.<String>of()
                : different.stream()
                        .sorted()
                        .map(each -> each + " (expected: " + evidence.poisoned() + " letters in all)")
                        .toList();
        if (findings.isEmpty() && different.size() != evidence.poisoned()) {
            findings = List.of("none (expected: " + evidence.poisoned() + ")");
        }
        return Check.of(
                "dead letters",
                "no command is given up",
                commands() + evidence.paid().size(),
                findings);
    }

    private long commands() {
        return evidence.testimonies().stream()
                .mapToLong(testimony -> testimony.commands().size())
                .sum();
    }

    private Stream<Recorded> recorded(String player) {
        return evidence.books().outcomes().stream().filter(each -> each.player().equals(player));
    }

    /// When its stream began anew later: the protocol has the player read its state again then.
    private static boolean mayHaveMissed(Testimony testimony, Recorded outcome) {
        var anew = testimony.beganAnew();
        return anew != null && !outcome.at().isAfter(anew);
    }

    private static boolean isSame(Event told, Recorded recorded) {
        var event = recorded.event();
        return event.path("id").asString().equals(told.id())
                && event.path("type").asString().equals(told.type())
                && told.outcome() != null
                && recorded.ending().equals(told.outcome().name().toLowerCase(Locale.ROOT))
                && event.path("data").equals(told.data());
    }

    private static List<Effect> expected(Recorded outcome) {
        return outcome.ending().equals("done")
                ? effect(
                        outcome.event().path("type").asString(), outcome.event().path("data"))
                : List.of();
    }

    /// What an outcome that is done says of the player's money.
    private static List<Effect> effect(String type, JsonNode data) {
        return switch (type) {
            case "wallet.deposited" ->
                List.of(new Effect("deposit", data.path("amount").asLong()));
            case "wallet.withdrawn" ->
                List.of(new Effect("withdrawal", -data.path("amount").asLong()));
            case "rounds.settled" -> settled(data);
            default -> List.of();
        };
    }

    private static List<Effect> settled(JsonNode data) {
        if (!data.path("state").asString().equals("settled")) {
            return List.of();
        }
        var stake = new Effect("stake", -data.path("stake").asLong());
        long payout = data.path("payout").asLong();
        return payout == 0 ? List.of(stake) : List.of(stake, new Effect("payout", payout));
    }

    private record Name(String player, String id) {

        @Override
        public String toString() {
            return player + " " + id;
        }
    }

    private record Effect(String code, long delta) {}
}
