package dev.rookery.knative.load.training;

import dev.rookery.knative.load.player.Player;
import dev.rookery.knative.load.player.PlayerClient;
import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.protocol.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A player who plays a session once, one step after the other, and loses the connection in the middle of it: a
/// gateway that is trained has to have seen somebody resume.
final class Visitor {

    private static final Duration ANSWER_BOUND = Duration.ofSeconds(60);

    private final Player player;
    private final List<Step> session;
    private String round = "none";

    Visitor(PlayerClient client, String name, List<Step> session) {
        this.player = client.connect(name, new PlayerListener() {});
        this.session = List.copyOf(session);
    }

    /// Blocks until all is answered.
    ///
    /// @throws IllegalStateException when a step is not, or its function has failed
    void play() throws InterruptedException {
        try (player) {
            for (int n = 0; n < session.size(); n++) {
                if (n == session.size() / 2) {
                    player.cut();
                }
                play(session.get(n));
            }
        }
    }

    private void play(Step step) throws InterruptedException {
        switch (step.op()) {
            case COMMAND -> {
                var event = await(step, player.command(step.type(), step.data(round)));
                require(step, event.outcome(), event.data());
                round = event.data().path("round").stringValue(round);
            }
            case QUERY -> {
                var answer = await(step, player.query(step.type(), step.data(round)));
                require(step, answer.outcome(), answer.data());
            }
        }
    }

    private static <T> T await(Step step, CompletableFuture<T> asked) throws InterruptedException {
        try {
            return asked.get(ANSWER_BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(step.type() + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(step.type() + ": no answer within " + ANSWER_BOUND, e);
        }
    }

    private static void require(Step step, @Nullable Outcome outcome, JsonNode data) {
        if (outcome == Outcome.FAILED) {
            throw new IllegalStateException(step.type() + ": failed with " + data);
        }
    }
}
