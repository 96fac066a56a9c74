package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes what was told, behind the back of whoever told it: many at a time, and without waiting for the disk.
///
/// A note may get lost, in a queue that is full, with the process or with the server's last moments. Then the sweep
/// tells an outcome once more, which its receivers drop.
public final class Confirmations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_AT_ONCE = 500;
    private static final Duration GATHERING = Duration.ofMillis(20);
    private static final Duration CLOSE_BOUND = Duration.ofSeconds(5);

    private final DSLContext db;
    private final Unemitted unemitted;
    private final BlockingQueue<CommandName> told = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean isClosing;

    public Confirmations(DSLContext db, Unemitted unemitted) {
        this.db = db;
        this.unemitted = unemitted;
        this.thread = Thread.ofPlatform().name("confirmations").daemon().start(this::run);
    }

    /// The outcome of a request was told. Never waits.
    public void add(Request request) {
        if (!told.offer(CommandName.of(request))) {
            LOG.atDebug().addKeyValue("event_id", request.id()).log("told, which is left to the sweep to find out");
        }
    }

    private void run() {
        while (!isClosing || !told.isEmpty()) {
            var batch = new ArrayList<CommandName>();
            try {
                gather(batch);
            } catch (InterruptedException e) {
                // Told to end: with what is there.
                told.drainTo(batch, MAX_AT_ONCE - batch.size());
            }
            remove(batch);
        }
    }

    private void gather(List<CommandName> batch) throws InterruptedException {
        batch.add(told.take());
        long deadline = System.nanoTime() + GATHERING.toNanos();
        while (batch.size() < MAX_AT_ONCE) {
            var next = told.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
        }
    }

    private void remove(List<CommandName> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            db.transaction(transaction -> {
                transaction.dsl().execute("set local synchronous_commit = off");
                unemitted.removeAll(transaction.dsl(), batch);
            });
        } catch (RuntimeException e) {
            LOG.warn("{} outcomes were told, which is left to the sweep to find out: {}", batch.size(), e.toString());
        }
    }

    /// Notes what is there, within a bound.
    @Override
    public void close() {
        isClosing = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_BOUND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
