package dev.rookery.knative.local.ops;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds out how everything stands when somebody asks, once for all who ask at about the same time: more pages cost the
/// platform no more.
///
/// Safe for use by many threads, which wait for each other.
final class Watch {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    /// The ledger is summed up, which takes longer the more accounts there are.
    private static final long LEDGER_FRESH_NANOS = Duration.ofSeconds(5).toNanos();

    private final Supplier<Operated> platform;
    private final Primary primary;
    private final Collection<String> functions;
    private final HttpClient http;
    private @Nullable OpsState last;
    private long lastNanos;
    private @Nullable LedgerHealth ledger;
    private long ledgerNanos;

    /// @param functions whose outcomes are counted
    Watch(Supplier<Operated> platform, Primary primary, Collection<String> functions, HttpClient http) {
        this.platform = platform;
        this.primary = primary;
        this.functions = List.copyOf(functions);
        this.http = http;
    }

    synchronized OpsState state() throws InterruptedException {
        var known = last;
        if (known != null && System.nanoTime() - lastNanos < FRESH_NANOS) {
            return known;
        }
        var found = find();
        last = found;
        lastNanos = System.nanoTime();
        return found;
    }

    private OpsState find() throws InterruptedException {
        var operated = platform.get();
        var gateways = new ArrayList<OpsState.Gateway>();
        for (var gateway : operated.gateways()) {
            gateways.add(ask(gateway));
        }
        return withDatabase(operated, gateways);
    }

    private OpsState withDatabase(Operated operated, List<OpsState.Gateway> gateways) {
        try (var connection = primary.open()) {
            var replica = ReplicaLag.read(connection).orElse(null);
            if (!isLedgerFresh()) {
                ledger = ledger(connection);
                ledgerNanos = System.nanoTime();
            }
            return state(operated, gateways, replica, null, Objects.requireNonNull(ledger));
        } catch (SQLException e) {
            var error = "PostgreSQL: " + e.getMessage();
            return state(operated, gateways, null, error, new LedgerHealth.Unknown(error));
        }
    }

    private boolean isLedgerFresh() {
        return ledger != null && System.nanoTime() - ledgerNanos < LEDGER_FRESH_NANOS;
    }

    /// What takes too long is not asked again at once: an answer too, for so long.
    private LedgerHealth ledger(Connection connection) {
        try {
            return LedgerHealth.read(connection, functions);
        } catch (SQLException e) {
            return new LedgerHealth.Unknown("PostgreSQL: " + e.getMessage());
        }
    }

    private static OpsState state(
            Operated operated,
            List<OpsState.Gateway> gateways,
            @Nullable ReplicaLag replica,
            @Nullable String replicaError,
            LedgerHealth ledger) {
        return new OpsState(
                Instant.now(),
                operated.started(),
                operated.port(),
                gateways,
                operated.functions(),
                operated.sources(),
                replica,
                replicaError,
                ledger);
    }

    private OpsState.Gateway ask(Operated.Gateway gateway) throws InterruptedException {
        try {
            boolean isReady = get(gateway, "/actuator/health/readiness").statusCode() == 200;
            var metrics = get(gateway, "/actuator/prometheus");
            var figures = metrics.statusCode() == 200 ? GatewayFigures.read(metrics.body()) : null;
            return new OpsState.Gateway(gateway.name(), isReady ? "ready" : "not ready", gateway.restarts(), figures);
        } catch (IOException e) {
            return new OpsState.Gateway(gateway.name(), "silent", gateway.restarts(), null);
        }
    }

    private HttpResponse<String> get(Operated.Gateway gateway, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(gateway.management() + path))
                .timeout(TIMEOUT)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
