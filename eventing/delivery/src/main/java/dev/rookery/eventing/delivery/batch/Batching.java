package dev.rookery.eventing.delivery.batch;

import dev.rookery.eventing.delivery.inbox.Inbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.jooq.DSLContext;

/// What [Batches] need of the runtime; a function adds its workspace.
///
/// @param maxWaiting commands that wait at most: as many as are delivered at a time
public record Batching(
        DSLContext db,
        Inbox inbox,
        BatchSettings settings,
        int maxWaiting,
        OpenTelemetry telemetry,
        MeterRegistry meters) {

    /// For all commands of an application that share the workspace.
    public <N, W> Batches<N, W> on(Workspace<N, W> workspace) {
        return new Batches<>(this, workspace);
    }
}
