package dev.rookery.knative.local.scale;

import dev.rookery.knative.local.dispatch.Reply;
import dev.rookery.knative.local.process.Server;
import dev.rookery.knative.local.process.Supervised;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One revision of a service: as many instances as its [Autoscaler] says. An event that comes when there is none
/// starts the first and waits for it; an instance that is taken away ends what it has before it ends.
final class Revision implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Revision.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String name;
    private final int number;
    private final RevisionSpec spec;
    private final Names names;
    private final ScaledService.Listener listener;
    private final Concurrency load;
    private final Instances instances;
    private final Autoscaler autoscaler;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean isClosing = new AtomicBoolean();
    /// Guards itself and `starting`: an instance is counted in one of them, and at no moment in both or in none.
    private final List<Running> running = new ArrayList<>();
    private int starting;
    private final Set<Thread> starts = ConcurrentHashMap.newKeySet();
    private final Set<Thread> drains = ConcurrentHashMap.newKeySet();
    private @Nullable Thread loop;
    private volatile int desired;
    private volatile long coldSince;
    private volatile long startsAgain;
    private volatile Duration wait = FIRST_WAIT;
    private final AtomicInteger coldStarts = new AtomicInteger();
    private volatile long lastColdStartMillis;

    /// @param name   of the service
    /// @param number of the revision: 1 for the first
    Revision(String name, int number, RevisionSpec spec, Names names, ScaledService.Listener listener) {
        this.name = name;
        this.number = number;
        this.spec = spec;
        this.names = names;
        this.listener = listener;
        this.load = new Concurrency(System::nanoTime, spec.scaling().window());
        this.instances = new Instances(spec.concurrency());
        this.autoscaler = new Autoscaler(spec.scaling());
    }

    int number() {
        return number;
    }

    /// Starts one instance and waits until it is ready; from then on there are as many as are needed.
    ///
    /// @throws IllegalStateException when it does not become ready
    void begin() {
        synchronized (running) {
            starting++;
        }
        launch();
        loop = Thread.ofVirtual().name("scale-" + name).start(this::scale);
    }

    /// Enters an event, which has to [leave][#leave].
    ///
    /// @return false when this revision takes none any more
    boolean enter() {
        load.enter();
        if (isClosing.get()) {
            load.leave();
            return false;
        }
        return true;
    }

    void leave() {
        load.leave();
    }

    /// Between `enter` and `leave`.
    Reply post(CloudEvent event, Map<String, String> headers, Duration timeout) throws InterruptedException {
        long begun = System.nanoTime();
        if (instances.ready() == 0) {
            wake(begun);
        }
        var place = instances.take(timeout.toNanos());
        if (place == null) {
            return new Reply.Later(
                    0, (instances.ready() == 0 ? "no instance is ready within " : "no place within ") + timeout);
        }
        try {
            long left = Math.max(1, timeout.toNanos() - (System.nanoTime() - begun));
            return place.sink().post(event, headers, Duration.ofNanos(left));
        } finally {
            instances.leave(place);
        }
    }

    private void wake(long since) {
        if (starting() == 0 && coldSince == 0) {
            coldSince = since;
        }
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void scale() {
        try {
            while (true) {
                load.mark();
                adjust();
                if (wake.tryAcquire(Autoscaler.TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is not scaled any more", name);
        }
    }

    private void adjust() {
        var scaling = spec.scaling();
        int ready = instances.ready();
        desired = autoscaler.instances(new Autoscaler.Seen(
                System.nanoTime(), load.average(scaling.window()), load.average(scaling.panicWindow()), ready));
        synchronized (running) {
            while (running.size() + starting < desired && System.nanoTime() - startsAgain >= 0) {
                starting++;
                var start = Thread.ofVirtual().name("start-" + name).unstarted(this::tryLaunch);
                starts.add(start);
                start.start();
            }
            // The newest, which knows least.
            while (running.size() + starting > desired && !running.isEmpty()) {
                drain(running.removeLast());
            }
        }
    }

    private void tryLaunch() {
        try {
            launch();
            wait = FIRST_WAIT;
        } catch (RuntimeException e) {
            startsAgain = System.nanoTime() + wait.toNanos();
            LOG.error("{} does not start, tried again after {}", name, wait, e);
            var doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        } finally {
            starts.remove(Thread.currentThread());
        }
    }

    private void launch() {
        long begun = System.nanoTime();
        var each = started();
        each.open();
        coldStarted();
        listener.started(each.supervised.server(), Duration.ofNanos(System.nanoTime() - begun));
    }

    /// One that was counted as starting, and is counted as running when this returns.
    private Running started() {
        var instance = names.take();
        try {
            var each = new Running(spec.starter().start(instance), instance);
            synchronized (running) {
                starting--;
                running.add(each);
            }
            return each;
        } catch (RuntimeException | Error e) {
            names.give(instance);
            synchronized (running) {
                starting--;
            }
            throw e;
        }
    }

    private void coldStarted() {
        long since = coldSince;
        if (since != 0) {
            coldSince = 0;
            coldStarts.incrementAndGet();
            lastColdStartMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        }
    }

    private void drain(Running each) {
        var drain = Thread.ofVirtual().name("drain-" + name).unstarted(() -> {
            try {
                each.end();
            } finally {
                drains.remove(Thread.currentThread());
            }
        });
        drains.add(drain);
        drain.start();
    }

    List<Supervised> running() {
        synchronized (running) {
            return running.stream().map(each -> each.supervised).toList();
        }
    }

    private int starting() {
        synchronized (running) {
            return starting;
        }
    }

    FunctionState state() {
        return new FunctionState(
                name,
                number,
                desired,
                instances.ready(),
                starting(),
                spec.scaling().max(),
                load.now(),
                instances.waiting(),
                load.average(spec.scaling().window()),
                autoscaler.isUrgent(),
                coldStarts.get(),
                lastColdStartMillis);
    }

    /// Takes no event any more, waits a while for those that it has, and ends its instances. Who is interrupted may
    /// call it again, for what is left.
    @Override
    public void close() {
        isClosing.set(true);
        try {
            // As long as they wait for an instance, one may be started for them.
            if (!load.awaitNone(spec.grace())) {
                LOG.warn("{} has events still when its grace is over", name);
            }
            var scaling = loop;
            if (scaling != null) {
                scaling.interrupt();
                scaling.join();
            }
            for (var start : List.copyOf(starts)) {
                start.interrupt();
                start.join();
            }
            synchronized (running) {
                running.forEach(this::drain);
                running.clear();
            }
            for (var drain : List.copyOf(drains)) {
                drain.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One process, watched: while it is away it gets no events.
    private final class Running implements Supervised.Listener {

        private final String instanceName;
        private final Instances.Instance instance;
        private final Supervised supervised;

        Running(Server server, String instanceName) {
            this.instanceName = instanceName;
            this.instance = new Instances.Instance(spec.sink(server.port()));
            this.supervised = new Supervised(server, this);
        }

        void open() {
            instances.add(instance);
        }

        @Override
        public void ended(Server server, int code) {
            instances.remove(instance);
            listener.ended(server, code);
        }

        @Override
        public void rolling(Server server) {
            listener.rolling(server);
        }

        @Override
        public void restarted(Server server, Duration took) {
            // Whoever waited for it saw a crash and no start from zero.
            coldSince = 0;
            instances.add(instance);
            listener.restarted(server, took);
        }

        void end() {
            instances.retire(instance);
            try {
                if (!instances.awaitEmpty(instance, spec.grace().toNanos())) {
                    LOG.warn(
                            "{} has events still when its grace is over",
                            supervised.server().name());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            supervised.close();
            names.give(instanceName);
            listener.stopped(supervised.server());
        }
    }
}
