package dev.rookery.knative.load.play;

import dev.rookery.knative.load.player.Player;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads lines and does what they say, until there are none.
///
/// A script wants one thing after the other: each line waits for its answer. A person does not: the next line can
/// be typed while an answer is on its way.
final class PlaySession {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Console console;
    private final Player player;
    private final Duration patience;
    private volatile boolean isClean = true;

    /// @param patience how long a script waits for an answer
    PlaySession(Console console, Player player, Duration patience) {
        this.console = console;
        this.player = player;
        this.patience = patience;
    }

    /// @return false when a line of a script was wrong, or was not answered in time
    boolean run() {
        for (var line = console.read(); line.isPresent(); line = console.read()) {
            try {
                var entry = Entry.parse(line.get());
                if (entry instanceof Entry.Quit) {
                    return isClean;
                }
                await(act(entry));
            } catch (IllegalArgumentException e) {
                note(e.getMessage());
            }
        }
        return isClean;
    }

    private CompletableFuture<?> act(Entry entry) {
        return switch (entry) {
            case Entry.Deposit(var amount) -> player.command("wallet.deposit", data(amount));
            case Entry.Withdraw(var amount) -> player.command("wallet.withdraw", data(amount));
            case Entry.Balance() -> player.query("wallet.balance", JSON.createObjectNode());
            case Entry.Statement(int limit) ->
                player.query("wallet.statement", JSON.createObjectNode().put("limit", limit));
            case Entry.Send(var frame) -> player.send(frame);
            case Entry.Help() -> help();
            case Entry.Quit(), Entry.Nothing() -> CompletableFuture.completedFuture(null);
        };
    }

    private CompletableFuture<?> help() {
        Entry.HELP.lines().forEach(console::print);
        return CompletableFuture.completedFuture(null);
    }

    private void await(CompletableFuture<?> answered) {
        if (console.isWatched()) {
            answered.whenComplete((answer, failure) -> {
                if (failure != null) {
                    note(message(failure));
                }
            });
            return;
        }
        try {
            answered.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            var cause = e.getCause();
            note(cause instanceof TimeoutException ? "no answer within " + patience : message(e));
        }
    }

    private void note(@Nullable String what) {
        isClean = false;
        console.print(FramePrinter.NOTE + what);
    }

    private static String message(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    private static ObjectNode data(Amount amount) {
        return JSON.createObjectNode().put("amount", amount.minor()).put("currency", amount.currency());
    }
}
