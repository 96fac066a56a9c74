package dev.rookery.knative.local.dispatch;

import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// Where the events of a source are posted. Blocks the calling thread; safe for use by many.
public interface Sink {

    /// What it is known by in traces and dead letters.
    URI url();

    /// @param headers in addition to the event's
    /// @param timeout of all, waiting for a place included
    /// @throws InterruptedException when this thread is told to end
    Reply post(CloudEvent event, Map<String, String> headers, Duration timeout) throws InterruptedException;
}
