package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.platform.Collector.Collected;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// One trace for the whole trip, seen by a collector, and its id on the ledger.
class TraceTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    /// Each below the one before it.
    private static final List<String> TRIP = List.of(
            "gateway: receive frame",
            "gateway: send rookery.wallet.commands",
            "dispatcher: process rookery.wallet.commands",
            "dispatcher: POST",
            "wallet: invoke wallet",
            "wallet: publish",
            "gateway: deliver");

    private final String player = "p-" + UUID.randomUUID();

    @Test
    void oneTraceLeadsFromTheFrameToTheLedgerAndBackToTheSocket() {
        deposit();

        var trace = traceOnTheLedger();

        await().untilAsserted(() ->
                assertThat(chain(trace)).extracting(Collected::toString).containsExactlyElementsOf(TRIP));
    }

    @Test
    void theStatementsOfTheTransactionAreInTheTrace() {
        deposit();

        var trace = traceOnTheLedger();

        await().untilAsserted(() -> {
            var spans = rookery.collector().trace(trace);
            var batch = named(spans, "wallet: batch");
            assertThat(batch.isChildOf(named(spans, "wallet: invoke wallet"))).isTrue();
            assertThat(spans)
                    .filteredOn(span -> span.isChildOf(batch))
                    .extracting(Collected::toString)
                    .contains("wallet: SELECT", "wallet: INSERT");
        });
    }

    private void deposit() {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            wire.deposit("c-1", 1_000);
            wire.next("event");
        }
    }

    private String traceOnTheLedger() {
        var transfer = rookery.ledger().transfers(player).getFirst();
        return transfer.substring(transfer.indexOf(' ') + 1);
    }

    /// From the root down, as long as the next span of the trip is below the one before.
    private static List<Collected> chain(String trace) {
        var spans = rookery.collector().trace(trace);
        var chain = new ArrayList<Collected>();
        for (var name : TRIP) {
            spans.stream()
                    .filter(span -> span.toString().equals(name))
                    .filter(span ->
                            chain.isEmpty() ? span.span().getParentSpanId().isEmpty() : span.isChildOf(chain.getLast()))
                    .findFirst()
                    .ifPresent(chain::add);
        }
        return chain;
    }

    private static Collected named(List<Collected> spans, String name) {
        return spans.stream()
                .filter(span -> span.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " among " + spans));
    }
}
