package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.Times;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.socket.Dialer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The guests of one event loop, and what they share. Everything but the counts is used on that loop.
final class Table {

    private static final int MAX_ERRORS = 50;

    private final Dialer dialer;
    private final EventLoop loop;
    private final InetSocketAddress server;
    private final Dialect dialect;
    private final FrameScan scan = new FrameScan();
    private final List<Guest> guests = new ArrayList<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final Times times = new Times();
    private final long origin;
    private Scenario scenario = Scenario.NONE;

    Table(Dialer dialer, EventLoop loop, InetSocketAddress server, Dialect dialect, long origin) {
        this.dialer = dialer;
        this.loop = loop;
        this.server = server;
        this.dialect = dialect;
        this.origin = origin;
    }

    EventLoop loop() {
        return loop;
    }

    Dialect dialect() {
        return dialect;
    }

    FrameScan scan() {
        return scan;
    }

    List<Guest> guests() {
        return guests;
    }

    Times times() {
        return times;
    }

    /// Nanoseconds since the guests came: small enough to pass through a server that knows only doubles.
    long now() {
        return System.nanoTime() - origin;
    }

    Scenario scenario() {
        return scenario;
    }

    void listen(Scenario next) {
        scenario = next;
    }

    void dial(Guest guest) {
        dialer.dial(loop, guest.index(), server, dialect.upgrade(), guest);
    }

    void dialNarrow(Guest guest) {
        dialer.dialNarrow(loop, guest.index(), server, dialect.upgrade(), guest);
    }

    void ready() {
        ready.incrementAndGet();
    }

    void left() {
        ready.decrementAndGet();
    }

    void joined() {
        joined.incrementAndGet();
    }

    void welcomed(boolean isResumed) {
        if (isResumed) {
            resumed.incrementAndGet();
        }
    }

    void error(String what) {
        if (errors.size() < MAX_ERRORS) {
            errors.computeIfAbsent(what, each -> new LongAdder()).increment();
        }
    }

    int countReady() {
        return ready.get();
    }

    int countJoined() {
        return joined.get();
    }

    int countResumed() {
        return resumed.get();
    }

    Map<String, LongAdder> errors() {
        return errors;
    }
}
