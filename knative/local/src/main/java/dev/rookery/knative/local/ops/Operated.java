package dev.rookery.knative.local.ops;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.knative.local.dispatch.RecentDeliveries;
import dev.rookery.knative.local.dispatch.SourceState;
import dev.rookery.knative.local.scale.FunctionState;
import java.time.Instant;
import java.util.List;

/// The platform that operators look at.
///
/// @param started   when players could connect
/// @param port      by which players know it
/// @param gateways  in the order of their ports
/// @param functions in the order of the manifests
/// @param sources   in the order of the manifests
public record Operated(
        Instant started, int port, List<Gateway> gateways, List<FunctionState> functions, List<SourceState> sources) {

    public Operated {
        gateways = List.copyOf(gateways);
        functions = List.copyOf(functions);
        sources = List.copyOf(sources);
    }

    /// @param management base URL of its health and metrics
    /// @param restarts   how often it ended by itself and was started again
    public record Gateway(String name, String management, int restarts) {}

    /// What it works with.
    ///
    /// @param catalog whose functions have schemas and topics
    /// @param kafka   bootstrap servers
    /// @param redis   `redis://host:port`
    /// @param recent  what was delivered
    public record Backing(Catalog catalog, Primary primary, String kafka, String redis, RecentDeliveries recent) {}
}
