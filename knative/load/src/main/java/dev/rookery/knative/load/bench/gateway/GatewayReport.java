package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Machine;
import java.time.Instant;
import java.util.List;

/// What a run of `bench gateway` found, as it is written to a file; [GatewayTable] shows it.
///
/// @param measured when it began
/// @param servers  ours first
public record GatewayReport(Instant measured, Machine machine, BenchPlan plan, List<Measured> servers) {

    public GatewayReport {
        servers = List.copyOf(servers);
    }

    /// @param failures scenarios that could not be measured, and why
    public record Measured(String name, List<Figure> figures, List<String> failures) {

        public Measured {
            figures = List.copyOf(figures);
            failures = List.copyOf(failures);
        }
    }

    /// Whether everything was measured.
    boolean isWhole() {
        return servers.stream().allMatch(server -> server.failures().isEmpty());
    }
}
