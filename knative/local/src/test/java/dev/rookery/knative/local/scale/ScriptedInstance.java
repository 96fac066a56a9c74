package dev.rookery.knative.local.scale;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rookery.knative.local.process.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// An instance that is a server of this process: events are held until it lets go.
final class ScriptedInstance {

    private final String revision;
    private final String name;
    private final HttpServer http;
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final Semaphore mayRestart = new Semaphore(1_000);
    private volatile CompletableFuture<Integer> exit = new CompletableFuture<>();
    private volatile int unansweredAtItsEnd = -1;

    ScriptedInstance(String revision, String name) {
        this.revision = revision;
        this.name = name;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            mayAnswer.await();
            now.decrementAndGet();
            handled.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Server server() {
        return new Server(
                name,
                http.getAddress().getPort(),
                "http://management",
                () -> 0,
                () -> exit,
                () -> {},
                this::again,
                this::end);
    }

    private void again() {
        try {
            mayRestart.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting again", e);
        }
        exit = new CompletableFuture<>();
    }

    private void end() {
        unansweredAtItsEnd = now.get();
        http.stop(0);
        exit.complete(0);
    }

    /// It ends by itself; its supervisor starts it again.
    void crash() {
        exit.complete(137);
    }

    /// From now on it is not started again before it [may][#letRestart].
    void holdRestarts() {
        mayRestart.drainPermits();
    }

    void letRestart() {
        mayRestart.release();
    }

    /// From now on it answers, and what it holds.
    void letGo() {
        mayAnswer.countDown();
    }

    String revision() {
        return revision;
    }

    /// Events that it holds.
    int now() {
        return now.get();
    }

    int most() {
        return most.get();
    }

    int handled() {
        return handled.get();
    }

    boolean hasEnded() {
        return unansweredAtItsEnd >= 0;
    }

    /// Events that it had when it was told to end.
    int unansweredAtItsEnd() {
        return unansweredAtItsEnd;
    }
}
