package dev.rookery.knative.local.scale;

import dev.rookery.knative.local.dispatch.Reply;
import dev.rookery.knative.local.dispatch.Sink;
import dev.rookery.knative.local.process.Server;
import dev.rookery.knative.local.process.Supervised;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A Knative Service: the events that are posted to it go to its newest revision, and for as long as a rollout
/// takes a shrinking share of them to the one before. Safe for use by many threads.
public final class ScaledService implements Sink, AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(100);

    private final String name;
    private final URI url;
    private final Listener listener;
    private final Names names;
    private final ReentrantLock deploying = new ReentrantLock();
    private volatile Traffic traffic = new Traffic(null, null, 0, 0);
    private volatile boolean isClosed;
    private volatile @Nullable Thread deployer;

    /// @param url      by which it is known in a cluster
    /// @param listener told of instances
    public ScaledService(String name, URI url, Listener listener) {
        this.name = name;
        this.url = url;
        this.listener = listener;
        this.names = new Names(name);
    }

    /// Told of instances, on their threads.
    public interface Listener extends Supervised.Listener {

        /// Because it was needed; what ended by itself and is there again is `restarted`.
        void started(Server server, Duration took);

        /// Because it was not needed any more.
        void stopped(Server server);
    }

    public String name() {
        return name;
    }

    @Override
    public URI url() {
        return url;
    }

    /// Makes a revision: one instance is started, and when it is ready traffic moves to it, at once or over the time
    /// that its rollout takes; then the revision before it ends what it has, and ends. One that does not become
    /// ready changes nothing.
    ///
    /// Blocks until the revision before has ended. One at a time: the next waits for it.
    ///
    /// @return the number of the revision
    /// @throws IllegalStateException when its instance does not become ready
    public int deploy(RevisionSpec spec) throws InterruptedException {
        deploying.lockInterruptibly();
        try {
            deployer = Thread.currentThread();
            var old = traffic.latest;
            int number = old == null ? 1 : old.number() + 1;
            var latest = new Revision(name, number, spec, names, listener);
            latest.begin();
            if (isClosed) {
                latest.close();
                throw new IllegalStateException(name + " has been ended");
            }
            long rollout = old == null ? 0 : spec.scaling().rollout().toNanos();
            traffic = new Traffic(latest, old, System.nanoTime(), rollout);
            if (old != null) {
                while (!traffic.hasMoved()) {
                    Thread.sleep(STEP);
                }
                old.close();
                if (Thread.interrupted()) {
                    throw new InterruptedException(name + " is ended, and with it revision " + old.number());
                }
                traffic = new Traffic(latest, null, 0, 0);
            }
            return number;
        } finally {
            deployer = null;
            deploying.unlock();
        }
    }

    @Override
    public Reply post(CloudEvent event, Map<String, String> headers, Duration timeout) throws InterruptedException {
        while (!isClosed) {
            var revision = traffic.pick();
            if (revision == null) {
                return new Reply.Later(0, name + " has no revision yet");
            }
            // A revision that ended since it was picked takes nothing: the next pick is another.
            if (revision.enter()) {
                try {
                    return revision.post(event, headers, timeout);
                } finally {
                    revision.leave();
                }
            }
        }
        return new Reply.Later(0, name + " has been ended");
    }

    /// Instances of all its revisions, as they are watched.
    public List<Supervised> instances() {
        var now = traffic;
        var all = new ArrayList<Supervised>();
        for (var revision : now.revisions()) {
            all.addAll(revision.running());
        }
        return all;
    }

    /// How its newest revision stands; empty numbers before the first.
    public FunctionState state() {
        var latest = traffic.latest;
        return latest == null ? FunctionState.none(name) : latest.state();
    }

    @Override
    public void close() {
        isClosed = true;
        var deployed = deployer;
        if (deployed != null) {
            deployed.interrupt();
        }
        deploying.lock();
        try {
            traffic.revisions().forEach(Revision::close);
        } finally {
            deploying.unlock();
        }
    }

    /// Who gets events: of two revisions the new one more and more of them, in the end all while the one before ends
    /// what it has.
    private record Traffic(
            @Nullable Revision latest, @Nullable Revision before, long begun, long rollout) {

        boolean hasMoved() {
            return before == null || System.nanoTime() - begun >= rollout;
        }

        @Nullable
        Revision pick() {
            if (hasMoved()) {
                return latest;
            }
            double share = (System.nanoTime() - begun) / (double) rollout;
            return ThreadLocalRandom.current().nextDouble() < share ? latest : before;
        }

        List<Revision> revisions() {
            var all = new ArrayList<Revision>();
            if (latest != null) {
                all.add(latest);
            }
            if (before != null) {
                all.add(before);
            }
            return all;
        }
    }
}
