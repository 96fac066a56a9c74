package dev.rookery.eventing.delivery.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.eventing.contract.Lsn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.tools.jdbc.MockConnection;
import org.jooq.tools.jdbc.MockDataProvider;
import org.jooq.tools.jdbc.MockResult;
import org.junit.jupiter.api.Test;

/// Many who wait share a question, but never one that was on its way before they came.
class LogEndTest {

    private static final Field<String> END = DSL.field("end", SQLDataType.VARCHAR);
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);

    @Test
    void whoComesWhileAQuestionIsOnItsWaySharesTheNext() {
        var end = logEnd(_ -> {
            int number = asked.incrementAndGet();
            if (number == 1) {
                awaitFirst();
            }
            return number;
        });
        var early = here(end);
        await().until(() -> asked.get() == 1);
        var late = new ArrayList<Asking>();
        for (int n = 0; n < 8; n++) {
            late.add(here(end));
        }
        await().until(() -> late.stream().allMatch(Asking::isWaiting));

        first.countDown();

        assertThat(early.answer()).succeedsWithin(BOUND).isEqualTo(Lsn.ofPostgres("0/1"));
        assertThat(late)
                .allSatisfy(
                        each -> assertThat(each.answer()).succeedsWithin(BOUND).isEqualTo(Lsn.ofPostgres("0/2")));
    }

    @Test
    void afterAQuestionThatFailedTheNextIsAsked() {
        var end = logEnd(_ -> {
            if (asked.incrementAndGet() == 1) {
                throw new DataAccessException("the primary is away");
            }
            return asked.get();
        });

        assertThat(here(end).answer()).failsWithin(BOUND).withThrowableThat().withMessageContaining("is away");
        assertThat(end.now()).isEqualTo(Lsn.ofPostgres("0/2"));
    }

    private static Asking here(LogEnd end) {
        var answer = new CompletableFuture<Lsn>();
        var thread = Thread.ofPlatform().start(() -> {
            try {
                answer.complete(end.now());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return new Asking(thread, answer);
    }

    private record Asking(Thread thread, CompletableFuture<Lsn> answer) {

        boolean isWaiting() {
            return thread.getState() == Thread.State.BLOCKED;
        }
    }

    private interface Answering {
        int answer(String question);
    }

    private static LogEnd logEnd(Answering answering) {
        MockDataProvider provider = context -> {
            var db = DSL.using(SQLDialect.POSTGRES);
            var row = db.newRecord(END).values("0/" + answering.answer(context.sql()));
            return new MockResult[] {new MockResult(row)};
        };
        return new LogEnd(DSL.using(new MockConnection(provider), SQLDialect.POSTGRES));
    }

    private void awaitFirst() {
        try {
            first.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
