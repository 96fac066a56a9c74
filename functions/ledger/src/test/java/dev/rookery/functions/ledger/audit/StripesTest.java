package dev.rookery.functions.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.ledger.LedgerDatabase;
import dev.rookery.functions.ledger.LedgerSettings;
import dev.rookery.functions.ledger.Script;
import dev.rookery.functions.ledger.audit.Examination.Examined;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StripesTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("probe");

    /// Commands that come together, of players whose names the database may put into another order than Java.
    @Test
    void aChainOfSeveralStripesAndLargeLinksIsVerified() throws Exception {
        try (var batches = database.batches(Instant::now, new LedgerSettings(100_000, 4))) {
            var script = new Script(batches);
            IntStream.range(0, 40)
                    .mapToObj(n -> Thread.ofPlatform().start(() -> script.ok(player(n), "c-1", Script.deposit(100))))
                    .toList()
                    .forEach(StripesTest::join);
        }

        try (var connection = Objects.requireNonNull(
                database.superuser().configuration().connectionProvider().acquire())) {
            var came = new Audit(Optional.empty()).run(connection, List::of, _ -> {});

            assertThat(came.stream()
                            .filter(Examined.class::isInstance)
                            .flatMap(each -> ((Examined) each).findings().stream()))
                    .isEmpty();
        }
    }

    private static PlayerId player(int n) {
        return new PlayerId((n % 2 == 0 ? "P_" : "p-") + n);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
