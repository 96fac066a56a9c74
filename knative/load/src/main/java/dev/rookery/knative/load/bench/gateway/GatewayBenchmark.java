package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.bench.gateway.GatewayReport.Measured;
import dev.rookery.knative.load.measure.Machine;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The order of things: every scenario for ours, then for each peer, each alone on the machine but for the
/// platform, which is idle then. Connections that only wait come first, on a server that has done nothing yet.
final class GatewayBenchmark {

    private final BenchPlan plan;
    private final Set<Part> parts;
    private final Consumer<String> progress;

    /// @param parts what is measured
    GatewayBenchmark(BenchPlan plan, Set<Part> parts, Consumer<String> progress) {
        this.plan = plan;
        this.parts = Set.copyOf(parts);
        this.progress = progress;
    }

    /// Blocks for minutes.
    ///
    /// @param redis   the one of ours
    /// @param isAlone whether only ours is measured
    GatewayReport run(Server ours, URI redis, boolean isAlone) {
        var begun = Instant.now();
        var servers = new ArrayList<Measured>();
        if (isAlone || Collections.disjoint(parts, Part.COMPARED)) {
            servers.add(ours(ours, redis));
        } else {
            // Fetched first: when that fails, no minutes are lost.
            progress.accept("fetches ws, socket.io and uWebSockets.js from npm");
            try (var node = NodeServers.install()) {
                servers.add(ours(ours, redis));
                servers.add(peer(node, "uWebSockets.js", "uws.js", PlainDialect.PLAIN));
                servers.add(peer(node, "ws", "ws.js", PlainDialect.PLAIN));
                servers.add(peer(node, "socket.io", "socketio.js", SocketIoDialect.SOCKET_IO));
            }
        }
        return new GatewayReport(begun, Machine.here(), plan, servers);
    }

    private Measured ours(Server server, URI redis) {
        var run = new Run(server);
        run.compared();
        run.step(Part.FROM_REDIS, "from Redis", () -> FromRedisScenario.measure(server, redis, plan));
        run.step(Part.STALLED, "stalled readers", () -> StalledScenario.measure(server, plan));
        run.step(Part.ABUSER, "an abuser", () -> AbuserScenario.measure(server, plan));
        return run.measured();
    }

    private Measured peer(NodeServers node, String name, String script, Dialect dialect) {
        try (var running = node.start(name, script, dialect)) {
            var run = new Run(running.server());
            run.compared();
            return run.measured();
        } catch (IllegalStateException e) {
            progress.accept("  failed: " + e.getMessage());
            return new Measured(name, List.of(), List.of("start: " + e.getMessage()));
        }
    }

    /// Of one server; what cannot be measured does not cost the rest.
    private final class Run {

        private final Server server;
        private final List<Figure> figures = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        Run(Server server) {
            this.server = server;
        }

        void compared() {
            step(Part.IDLE, "idle connections", () -> IdleScenario.measure(server, plan));
            step(Part.ECHO, "echo", () -> EchoScenario.measure(server, plan));
            plan.rooms()
                    .forEach(members -> step(
                            Part.FAN_OUT,
                            "fan-out to " + members,
                            () -> FanOutScenario.measure(server, plan, members, plan.flush())));
            step(Part.STORM, "resume storm", () -> StormScenario.measure(server, plan));
        }

        void step(Part part, String what, Supplier<List<Figure>> scenario) {
            if (!parts.contains(part)) {
                return;
            }
            progress.accept(server.name() + ": " + what);
            try {
                figures.addAll(scenario.get());
            } catch (IllegalStateException | UncheckedIOException e) {
                failures.add(what + ": " + e.getMessage());
                progress.accept("  failed: " + e.getMessage());
            }
        }

        Measured measured() {
            return new Measured(server.name(), figures, failures);
        }
    }
}
