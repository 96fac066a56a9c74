package dev.rookery.eventing.delivery.reads;

import dev.rookery.eventing.contract.Lsn;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/// Tells how far the primary's log is written to disk: what was committed before this is asked is before the place
/// that is answered.
///
/// The flushed end and not the inserted one: a commit is flushed before it is confirmed, and what others have only
/// inserted may come to the replica a good while later, for which nobody needs to wait.
///
/// The idea: one question answers all who wait. Whoever comes while a question is on its way may not have its answer,
/// which may be from before the commit; those who come meanwhile share the next one. So a command that is alone pays
/// one short trip, and under load many share it, however their functions commit.
///
/// Safe for use by many threads; blocks for two trips at most.
public final class LogEnd {

    private final DSLContext primary;
    /// The question that has not been asked yet.
    private volatile CompletableFuture<Lsn> next = new CompletableFuture<>();

    public LogEnd(DSLContext primary) {
        this.primary = primary;
    }

    public Lsn now() {
        var mine = next;
        synchronized (this) {
            if (!mine.isDone()) {
                next = new CompletableFuture<>();
                ask(mine);
            }
        }
        return mine.join();
    }

    private void ask(CompletableFuture<Lsn> question) {
        try {
            var end = primary.fetchSingle("select pg_current_wal_flush_lsn()::text")
                    .get(0, String.class);
            question.complete(Lsn.ofPostgres(end));
        } catch (RuntimeException e) {
            // Who shares it does not ask a lost primary again, one after the other.
            question.completeExceptionally(e);
        }
    }
}
