package dev.rookery.knative.local;

import dev.rookery.knative.local.process.Server;
import dev.rookery.knative.local.process.Supervised;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// A process that is none: it ends when it is told to, and serves again when it may.
final class ScriptedProcess implements Supervised.Listener {

    private final String name;
    private final List<String> told;
    private final CountDownLatch mayServe;
    private volatile CompletableFuture<Integer> exit = new CompletableFuture<>();

    /// @param told     takes what happens, in order
    /// @param mayServe a start waits for it
    private ScriptedProcess(String name, List<String> told, CountDownLatch mayServe) {
        this.name = name;
        this.told = told;
        this.mayServe = mayServe;
    }

    static Supervised supervised(String name, List<String> told, CountDownLatch mayServe) {
        var process = new ScriptedProcess(name, told, mayServe);
        var server = new Server(
                name,
                0,
                "",
                () -> 0,
                () -> process.exit,
                process::stop,
                process::start,
                () -> process.exit.complete(0));
        return new Supervised(server, process);
    }

    private void stop() {
        told.add(name + " ends");
        exit.complete(0);
    }

    private void start() {
        try {
            mayServe.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
        exit = new CompletableFuture<>();
    }

    @Override
    public void ended(Server server, int code) {
        told.add(name + " ended by itself");
    }

    @Override
    public void rolling(Server server) {}

    @Override
    public void restarted(Server server, Duration took) {
        told.add(name + " serves");
    }
}
