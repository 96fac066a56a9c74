package dev.rookery.knative.local.process;

import dev.rookery.knative.backing.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The gateway or a function: a JVM that is started on its class path and is ready when its readiness probe says
/// so.
public final class App implements AutoCloseable {

    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private final Spec spec;
    private final HttpClient http;
    private volatile ChildProcess process;

    private App(Spec spec, HttpClient http) {
        this.spec = spec;
        this.http = http;
        this.process = run();
    }

    /// What to run.
    ///
    /// @param jar         names its libraries in its manifest
    /// @param options     for the JVM
    /// @param port        where it serves, on loopback
    /// @param management  port of its health and metrics
    /// @param readiness   path of the probe
    /// @param environment added to ours
    /// @param folder      for its log
    /// @param grace       between being told to stop and being killed
    public record Spec(
            String name,
            Path jar,
            List<String> options,
            int port,
            int management,
            String readiness,
            Map<String, String> environment,
            Path folder,
            Duration grace) {

        public Spec {
            options = List.copyOf(options);
            environment = Map.copyOf(environment);
        }
    }

    /// Starts it and waits until it is ready.
    ///
    /// @throws IllegalStateException when it does not become ready; with the end of its log
    public static App start(Spec spec, HttpClient http) {
        return new App(spec, http);
    }

    public String name() {
        return spec.name();
    }

    public int port() {
        return spec.port();
    }

    /// Base URL of its health and metrics.
    public String management() {
        return "http://127.0.0.1:" + spec.management();
    }

    public long pid() {
        return process.pid();
    }

    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /// Tells it to stop and does not wait.
    public void stop() {
        process.stop();
    }

    /// Starts again what has ended, and waits until it is ready.
    public void restart() {
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess run() {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(spec.options());
        words.addAll(List.of("-jar", spec.jar().toString()));
        var started = ChildProcess.start(
                new ChildProcess.Command(spec.name(), words, spec.environment(), spec.folder(), "TERM", spec.grace()));
        started.await(this::isReady, START_BOUND);
        return started;
    }

    private boolean isReady() {
        var probe = HttpRequest.newBuilder(URI.create(management() + spec.readiness()))
                .timeout(PROBE_TIMEOUT)
                .build();
        try {
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
