package dev.rookery.knative.local.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rookery.knative.local.dispatch.SourceState;
import dev.rookery.knative.local.scale.FunctionState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How everything stands: `GET /ops/state`, as JSON.
///
/// @param at           when it was found out
/// @param started      when players could connect
/// @param replica      null when none follows: queries then go to the primary
/// @param replicaError why nothing is known of it; left out when something is
record OpsState(
        Instant at,
        Instant started,
        int port,
        List<Gateway> gateways,
        List<FunctionState> functions,
        List<SourceState> sources,
        @Nullable ReplicaLag replica,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String replicaError,
        LedgerHealth ledger) {

    OpsState {
        gateways = List.copyOf(gateways);
        functions = List.copyOf(functions);
        sources = List.copyOf(sources);
    }

    /// @param state    `ready`, `not ready`, or `silent`: no answer
    /// @param restarts how often it ended by itself and was started again
    /// @param figures  null when it did not tell any
    record Gateway(
            String name,
            String state,
            int restarts,
            @Nullable GatewayFigures figures) {}
}
