package dev.rookery.functions.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.ledger.LedgerDatabase;
import dev.rookery.functions.ledger.LedgerSettings;
import dev.rookery.functions.ledger.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SealWriterTest {

    @RegisterExtension
    static final LedgerDatabase database = LedgerDatabase.of("probe");

    private static final SealKeys KEYS = SealKeys.fresh();

    private final List<SignedSeal> published = new ArrayList<>();

    @Test
    void aSealSaysWhatIsThere() {
        somethingHappens();

        writer(published::add).run();

        var seal = published.getLast().seal();
        assertThat(KEYS.publicKey().hasSigned(published.getLast())).isTrue();
        assertThat(seal.counts()).isEqualTo(counted());
        assertThat(seal.sums()).hasEntrySatisfying("EUR", sums -> {
            assertThat(sums.balances()).isZero();
            assertThat(sums.absolute()).isPositive();
        });
        assertThat(seal.heads()).extracting(head -> head.stripe()).containsExactly(0, 1, 2, 3);
    }

    /// It counts on: what is counted again every time costs more every day.
    @Test
    void aSealFollowsTheOneBefore() {
        somethingHappens();
        writer(published::add).run();
        somethingHappens();
        somethingHappens();

        writer(published::add).run();

        var former = published.getFirst();
        var seal = published.getLast().seal();
        assertThat(seal.n()).isEqualTo(former.seal().n() + 1);
        assertThat(seal.previous()).isEqualTo(former.hash());
        assertThat(seal.counts()).isEqualTo(counted());
    }

    @Test
    void whereNothingHappenedThereIsNothingToSeal() {
        somethingHappens();
        writer(published::add).run();

        writer(published::add).run();

        assertThat(published).hasSize(1);
    }

    @Test
    void twoAtOnceMakeOne() throws InterruptedException {
        somethingHappens();
        var began = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var one = CompletableFuture.runAsync(writer(seal -> {
            published.add(seal);
            began.countDown();
            await(mayEnd);
        })::run);
        began.await();
        somethingHappens();

        writer(published::add).run();

        assertThat(published).hasSize(1);
        mayEnd.countDown();
        one.join();
        assertThat(newest()).isEqualTo(published.getLast().seal().n());
    }

    @Test
    void whatWasNotKnownToBePublishedIsPublishedAgain() {
        somethingHappens();
        var lost = new ArrayList<SignedSeal>();
        var dying = writer(seal -> {
            lost.add(seal);
            throw new IllegalStateException("lost");
        });
        assertThatThrownBy(dying::run).hasStackTraceContaining("lost");

        writer(published::add).run();

        assertThat(published).isEqualTo(lost);
        writer(published::add).run();
        assertThat(published).hasSize(1);
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        somethingHappens();
        long before = newest();

        new SealWriter(database.application(), Instant::now, Optional.empty(), List.of(published::add)).run();

        assertThat(published).isEmpty();
        assertThat(newest()).isEqualTo(before);
    }

    private static SealWriter writer(Consumer<SignedSeal> place) {
        return new SealWriter(database.application(), Instant::now, Optional.of(KEYS.key()), List.of(place));
    }

    private static void somethingHappens() {
        try (var batches = database.batches(Instant::now, new LedgerSettings(100_000, 4))) {
            new Script(batches).ok(new PlayerId("p-" + UUID.randomUUID()), "c-1", Script.deposit(1_000));
        }
    }

    private static Seal.Counts counted() {
        return new Seal.Counts(count("transfer"), count("inbox"), count("account"), count("link"));
    }

    private static long count(String table) {
        return database.superuser().fetchSingle("select count(*) from " + table).get(0, Long.class);
    }

    private static long newest() {
        return database.superuser()
                .fetchSingle("select coalesce(max(n), 0) from seal")
                .get(0, Long.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
