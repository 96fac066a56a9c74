package dev.rookery.knative.local.scale;

import dev.rookery.knative.local.dispatch.HttpSink;
import dev.rookery.knative.local.dispatch.Sink;
import dev.rookery.knative.local.manifest.Scaling;
import dev.rookery.knative.local.process.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/// What a revision is made of.
///
/// @param concurrency events at a time that an instance takes; 0 for no limit
/// @param grace       for an instance to end what it has
/// @param starter     of instances
/// @param http        by which they are reached
public record RevisionSpec(Scaling scaling, int concurrency, Duration grace, Starter starter, HttpClient http) {

    Sink sink(int port) {
        return new HttpSink(URI.create("http://127.0.0.1:" + port + "/"), http);
    }

    /// Starts an instance.
    public interface Starter {

        /// Waits until it is ready.
        ///
        /// @param name that nothing else has which runs
        /// @throws RuntimeException when it cannot be started or does not become ready
        Server start(String name);
    }
}
