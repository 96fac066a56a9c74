package dev.rookery.knative.load.drill.crowd;

import dev.rookery.knative.load.drill.crowd.Testimony.End;
import dev.rookery.knative.load.player.FrameRejectedException;
import dev.rookery.knative.load.player.Player;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.player.PlayerSettings;
import dev.rookery.knative.load.protocol.Event;
import dev.rookery.knative.load.protocol.Outcome;
import dev.rookery.knative.load.protocol.Welcome;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A player who does what the [Script] says, step by step, and writes down what it was told.
///
/// Steps come from one thread; what it is told comes on the client's.
final class Gambler implements PlayerListener {

    private static final JsonMapper JSON = JsonMapper.shared();
    /// A few at a time: the order is part of what is drilled.
    private static final int WINDOW = 4;
    /// More than this is not asked while nothing is decided.
    private static final int MAX_UNDECIDED = 8;
    /// A repeat of the earlier command's answer may come late and be taken for an answer.
    private static final int REUSE_TRIES = 5;

    private static final int PAGE = 50;

    private final String id;
    private final SplittableRandom random;
    private final Diary diary;
    private final Player player;
    private int asked;

    Gambler(String id, Habit habit, SplittableRandom random, PlayerClient client) {
        this.id = id;
        this.random = random;
        this.diary = new Diary(habit);
        var usual = PlayerSettings.DEFAULT;
        this.player = client.connect(
                id,
                new PlayerSettings(
                        usual.connectTimeout(),
                        usual.probe(),
                        usual.backoff(),
                        WINDOW,
                        usual.maxUndecided(),
                        usual.remembered()),
                this);
    }

    String id() {
        return id;
    }

    CompletableFuture<Welcome> welcomed() {
        return player.welcomed();
    }

    /// Does one thing, unless too much is undecided.
    void step() {
        if (diary.undecided() >= MAX_UNDECIDED) {
            return;
        }
        switch (Script.next(random, diary.sight())) {
            case Step.Ask(var type, var data) -> {
                asked++;
                var command = new Asked(id + "-" + asked, type, data);
                diary.asks(command);
                player.command(command.id(), type, data).whenComplete((told, failure) -> {
                    diary.ended(command, end(failure));
                    if (told != null && isDoubted(told)) {
                        read();
                    }
                });
            }
            case Step.Again(var earlier) -> {
                diary.uses(earlier.id());
                diary.asks(earlier);
                player.command(earlier.id(), earlier.type(), earlier.data())
                        .whenComplete((_, failure) -> diary.ended(earlier, end(failure)));
            }
            case Step.Reuse(var other) -> {
                diary.uses(other.id());
                reuse(other, 1);
            }
            case Step.Read() -> read();
            case Step.Part() -> player.cut();
        }
    }

    /// Asks each function for something, and does not mind what it is told.
    void look() {
        player.query("wallet.balance", JSON.createObjectNode());
        player.query("rounds.current", JSON.createObjectNode());
    }

    int undecided() {
        return diary.undecided();
    }

    Testimony testimony() {
        return diary.testimony(id, player.observed());
    }

    @Override
    public void welcomed(Welcome welcome) {
        diary.welcomed(welcome);
    }

    @Override
    public void event(Event event) {
        diary.told(event);
    }

    private void reuse(Asked other, int tries) {
        diary.reused(other, new End.None());
        player.command(other.id(), other.type(), other.data()).whenComplete((answer, failure) -> {
            if (answer != null && answer.repeat() && tries < REUSE_TRIES) {
                reuse(other, tries + 1);
            } else {
                diary.reused(other, end(failure));
            }
        });
    }

    /// A query sees every effect whose answer the player has been given.
    private void read() {
        long known = diary.newestTransfer();
        player.query("wallet.statement", JSON.createObjectNode().put("limit", PAGE))
                .whenComplete((answer, failure) -> {
                    if (failure != null || answer.outcome() != Outcome.DONE) {
                        return;
                    }
                    long newest = Long.parseLong(
                            answer.data().path("transfers").path(0).path("id").asString("0"));
                    // A stream that began anew meanwhile has forgotten what was told.
                    if (newest < known && diary.newestTransfer() >= known) {
                        diary.stale("statement: newest transfer " + newest + " (expected: " + known
                                + " at least, as told)");
                    }
                });
    }

    /// Some look at once whether it is there: the replica has had least time then.
    private static boolean isDoubted(Event told) {
        return told.type().startsWith("wallet.") && told.id().hashCode() % 3 == 0;
    }

    private static End end(@Nullable Throwable failure) {
        if (failure == null) {
            return new End.Told();
        }
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof FrameRejectedException rejected
                ? new End.Rejected(rejected.code())
                : new End.Lost(cause.toString());
    }
}
