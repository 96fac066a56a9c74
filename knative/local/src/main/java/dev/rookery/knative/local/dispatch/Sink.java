package dev.rookery.knative.local.dispatch;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Where a service's events are posted: over HTTP, in binary mode. What Knative's activator and queue proxy do
/// happens here: while no instance is ready the events wait for one, and never more at a time are posted than its
/// `containerConcurrency`. One instance a service for now; a choice between several, and starting the first,
/// belong here.
///
/// Blocks the calling thread; safe for use by many.
public final class Sink {

    private static final int NO_LIMIT = 1_000;

    private final URI url;
    private final HttpClient http;
    private final Semaphore places;
    private volatile CountDownLatch ready = new CountDownLatch(1);

    /// It is shut at first.
    ///
    /// @param concurrency requests at a time; 0 for no limit but ours
    public Sink(URI url, HttpClient http, int concurrency) {
        this.url = url;
        this.http = http;
        this.places = new Semaphore(concurrency == 0 ? NO_LIMIT : concurrency, true);
    }

    public URI url() {
        return url;
    }

    /// The instance is ready.
    public void open() {
        ready.countDown();
    }

    /// The instance is gone; what comes waits for the next.
    public void shut() {
        ready = new CountDownLatch(1);
    }

    /// @param headers in addition to the event's
    /// @param timeout of all, waiting included
    /// @throws InterruptedException when this thread is told to end
    Reply post(CloudEvent event, Map<String, String> headers, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!ready.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            return new Reply.Later(0, "no instance is ready within " + timeout);
        }
        if (!places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            return new Reply.Later(0, "no place within " + timeout);
        }
        try {
            long left = Math.max(1, deadline - System.nanoTime());
            var answer =
                    http.send(request(event, headers, Duration.ofNanos(left)), HttpResponse.BodyHandlers.ofString());
            return Reply.of(answer.statusCode(), answer.body());
        } catch (HttpTimeoutException e) {
            return new Reply.Later(0, "no answer within " + timeout);
        } catch (IOException e) {
            return new Reply.Later(0, e.toString());
        } catch (IllegalArgumentException e) {
            return new Reply.Refused(0, "cannot be sent over HTTP: " + e.getMessage());
        } finally {
            places.release();
        }
    }

    private HttpRequest request(CloudEvent event, Map<String, String> headers, Duration timeout) {
        var request = HttpRequest.newBuilder(url).timeout(timeout);
        headers.forEach(request::header);
        HttpMessageFactory.createWriter(request::header, body -> request.POST(body(body)))
                .writeBinary(event);
        return request.build();
    }

    private static HttpRequest.BodyPublisher body(byte[] body) {
        return body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
    }
}
