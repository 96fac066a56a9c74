package dev.rookery.knative.local.scale;

import dev.rookery.knative.local.dispatch.Reply;
import dev.rookery.knative.local.manifest.Scaling;
import dev.rookery.knative.local.process.Server;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A service whose instances are servers of this test: each event is held until the test lets it go, and each start
/// too.
final class ScriptedService implements AutoCloseable, ScaledService.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService posting = Executors.newVirtualThreadPerTaskExecutor();
    private final ScaledService service =
            new ScaledService("probe", URI.create("http://probe.test.svc.cluster.local/"), this);
    private final List<ScriptedInstance> started = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger events = new AtomicInteger();
    private final Semaphore mayStart = new Semaphore(1_000);
    private final Semaphore mayBeTold = new Semaphore(1_000);
    private volatile boolean failsToStart;
    private volatile boolean isEnding;

    /// Makes a revision of instances that say its name.
    int deploy(String revision, Scaling scaling, int concurrency) {
        try {
            return service.deploy(
                    new RevisionSpec(scaling, concurrency, PATIENCE, name -> start(revision, name), http));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Server start(String revision, String name) {
        try {
            mayStart.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting", e);
        }
        if (failsToStart) {
            throw new UncheckedIOException(name + " cannot be started", new IOException("for the test"));
        }
        var instance = new ScriptedInstance(revision, name);
        started.add(instance);
        if (isEnding) {
            instance.letGo();
        }
        return instance.server();
    }

    /// From now on no instance starts before it [may][#letStart].
    void holdStarts() {
        mayStart.drainPermits();
    }

    void letStart(int instances) {
        mayStart.release(instances);
    }

    /// From now on whoever tells of a start waits until it [may][#letTell].
    void holdTelling() {
        mayBeTold.drainPermits();
    }

    void letTell() {
        mayBeTold.release();
    }

    void failToStart(boolean fails) {
        failsToStart = fails;
    }

    /// Posts an event, on a thread of its own.
    CompletableFuture<Reply> post() {
        return post(PATIENCE);
    }

    CompletableFuture<Reply> post(Duration timeout) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return service.post(event(), Map.of(), timeout);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(e);
                    }
                },
                posting);
    }

    List<CompletableFuture<Reply>> post(int count) {
        var replies = new ArrayList<CompletableFuture<Reply>>();
        for (int n = 0; n < count; n++) {
            replies.add(post());
        }
        return replies;
    }

    private CloudEvent event() {
        return CloudEventBuilder.v1()
                .withId("c-" + events.incrementAndGet())
                .withSource(URI.create("/players/p-1"))
                .withType("probe.act")
                .build();
    }

    FunctionState state() {
        return service.state();
    }

    /// All that ever ran.
    List<ScriptedInstance> started() {
        return started;
    }

    /// What the platform was told of instances, in order.
    List<String> told() {
        return told;
    }

    ScaledService service() {
        return service;
    }

    @Override
    public void started(Server server, Duration took) {
        mayBeTold.acquireUninterruptibly();
        told.add(server.name() + " started");
    }

    @Override
    public void stopped(Server server) {
        told.add(server.name() + " stopped");
    }

    @Override
    public void ended(Server server, int code) {
        told.add(server.name() + " ended");
    }

    @Override
    public void rolling(Server server) {}

    @Override
    public void restarted(Server server, Duration took) {
        told.add(server.name() + " restarted");
    }

    @Override
    public void close() {
        isEnding = true;
        mayStart.release(1_000);
        mayBeTold.release(1_000);
        started.forEach(ScriptedInstance::letGo);
        service.close();
        posting.shutdownNow();
        http.close();
    }
}
