package dev.rookery.eventing.delivery.batch;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.Outcome;
import dev.rookery.eventing.delivery.inbox.Faults;
import dev.rookery.eventing.delivery.inbox.Inbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out commands that come at the same time in one transaction, each with an outcome of its own.
///
/// A command that comes alone is carried out at once. While transactions run, what comes meanwhile gathers and makes
/// up the next one: the busier, the larger. In a transaction that fails, no command is at fault yet: they are
/// carried out again one by one, so that the one that is fails alone.
///
/// Safe for use by many threads, which block until their command has its outcome. At most as many wait as the runtime
/// delivers at a time.
///
/// @param <N> names what one command works on
/// @param <W> what they work on
public final class Batches<N, W> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Batches.class);

    private final DSLContext db;
    private final Inbox inbox;
    private final Workspace<N, W> workspace;
    private final BatchSettings settings;
    private final BlockingQueue<Entry<?, N, W>> waiting;
    private final Tracer tracer;
    private final List<Thread> threads = new ArrayList<>();
    private final DistributionSummary sizes;
    private final Counter failed;

    Batches(Batching runtime, Workspace<N, W> workspace) {
        this.db = runtime.db();
        this.inbox = runtime.inbox();
        this.workspace = workspace;
        this.settings = runtime.settings();
        this.waiting = new ArrayBlockingQueue<>(runtime.maxWaiting());
        this.tracer = runtime.telemetry().getTracer("dev.rookery.eventing.delivery");
        this.sizes = runtime.meters().summary("rookery.batch.size");
        this.failed = runtime.meters().counter("rookery.batch.failures");
        for (int thread = 0; thread < settings.concurrent(); thread++) {
            threads.add(Thread.ofPlatform().name("batch-" + thread).daemon().start(this::work));
        }
    }

    /// The function of one type of commands.
    public <T> Function<Command<T>, Outcome> of(Rule<T, N, W> rule) {
        return command ->
                carriedOut(new Entry<>(rule, command, rule.needs(command), Span.current(), new CompletableFuture<>()));
    }

    /// Commands that wait for a transaction now.
    public int waiting() {
        return waiting.size();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private Outcome carriedOut(Entry<?, N, W> entry) {
        if (!waiting.offer(entry)) {
            throw new IllegalStateException("commands that wait for a transaction: " + waiting.size()
                    + " (expected: no more than are delivered at a time)");
        }
        try {
            return entry.outcome().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void work() {
        var last = 1;
        try {
            while (true) {
                var batch = gather(last > 1);
                last = batch.size();
                sizes.record(last);
                carryOut(batch);
            }
        } catch (InterruptedException e) {
            LOG.debug("ends: {}", Thread.currentThread().getName());
        }
    }

    private List<Entry<?, N, W>> gather(boolean isBusy) throws InterruptedException {
        var batch = new ArrayList<Entry<?, N, W>>();
        batch.add(waiting.take());
        waiting.drainTo(batch, settings.maxSize() - batch.size());
        if (isBusy) {
            linger(batch);
        }
        return batch;
    }

    private void linger(List<Entry<?, N, W>> batch) throws InterruptedException {
        long end = System.nanoTime() + settings.linger().toNanos();
        while (batch.size() < settings.maxSize()) {
            var next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    private void carryOut(List<Entry<?, N, W>> batch) {
        try {
            var outcomes = spanned(batch);
            for (int each = 0; each < batch.size(); each++) {
                batch.get(each).outcome().complete(outcomes.get(each));
            }
        } catch (RuntimeException | Error thrown) {
            failed.increment();
            if (batch.size() == 1 || Faults.of(thrown) == Faults.LOST_DEPENDENCY) {
                batch.forEach(entry -> entry.outcome().completeExceptionally(thrown));
            } else {
                LOG.warn("{} commands are carried out one by one: {}", batch.size(), thrown.toString());
                batch.forEach(entry -> carryOut(List.of(entry)));
            }
        }
    }

    /// The transaction's span is in the trace of its first command, and linked with the deliveries of all.
    private List<Outcome> spanned(List<Entry<?, N, W>> batch) {
        var span = tracer.spanBuilder("batch")
                .setParent(Context.root().with(batch.getFirst().delivery()))
                .setAttribute("rookery.batch.size", batch.size())
                .startSpan();
        try (var _ = span.makeCurrent()) {
            batch.forEach(entry -> {
                span.addLink(entry.delivery().getSpanContext());
                entry.delivery().addLink(span.getSpanContext());
            });
            return db.transactionResult(transaction -> decide(transaction.dsl(), batch));
        } finally {
            span.end();
        }
    }

    private List<Outcome> decide(DSLContext transaction, List<Entry<?, N, W>> batch) {
        var id = UUID.randomUUID();
        var locked =
                workspace.lock(transaction, batch.stream().map(Entry::needs).toList());
        var recording =
                inbox.look(transaction, batch.stream().map(Entry::command).toList(), id);
        var work = locked.read();
        var outcomes = new ArrayList<Outcome>();
        batch.forEach(entry -> outcomes.add(recording.record(entry.command(), () -> entry.decide(work))));
        recording.save();
        workspace.save(transaction, work, id, recording.added());
        return outcomes;
    }

    /// A command that waits for its outcome.
    ///
    /// @param delivery the span that it is delivered in
    private record Entry<T, N, W>(
            Rule<T, N, W> rule, Command<T> command, N needs, Span delivery, CompletableFuture<Outcome> outcome) {

        Decision decide(W work) {
            return rule.decide(command, work);
        }
    }
}
