package dev.rookery.knative.local;

import dev.rookery.knative.local.dispatch.SourceState;
import dev.rookery.knative.local.scale.FunctionState;
import java.util.List;

/// How a running platform stands: `GET /status` of its management port, as JSON.
///
/// @param functions in the order of the manifests
/// @param sources   in the order of the manifests
record PlatformState(List<FunctionState> functions, List<SourceState> sources) {

    static final PlatformState NONE = new PlatformState(List.of(), List.of());

    PlatformState {
        functions = List.copyOf(functions);
        sources = List.copyOf(sources);
    }
}
