package dev.rookery.knative.local.dispatch;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// One address to which events are posted over HTTP, in binary mode.
///
/// @param url  absolute
/// @param http shared by all
public record HttpSink(URI url, HttpClient http) implements Sink {

    @Override
    public Reply post(CloudEvent event, Map<String, String> headers, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            // The request's own timeout ends with the headers of the answer.
            var answer =
                    http.send(request(event, headers, timeout), _ -> new ReasonReader(deadline - System.nanoTime()));
            return Reply.of(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Reply.Later(0, isLate(e) ? "no answer within " + timeout : e.toString());
        } catch (IllegalArgumentException e) {
            return new Reply.Refused(0, "cannot be sent over HTTP: " + e.getMessage());
        }
    }

    private static boolean isLate(IOException e) {
        return e instanceof HttpTimeoutException || e.getCause() instanceof TimeoutException;
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
