package dev.rookery.knative.load.swarm;

import dev.rookery.knative.load.measure.Times;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/// What the members of one event loop saw. Written by that loop alone and read by anybody, so nothing is locked.
final class Tally {

    private static final int MAX_BREACHES = 50;

    private final Map<Count, AtomicLong> counts = new EnumMap<>(Count.class);
    private final Map<Timing, Times> times = new EnumMap<>(Timing.class);
    private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> breaches = new ConcurrentHashMap<>();

    Tally() {
        for (var each : Count.values()) {
            counts.put(each, new AtomicLong());
        }
        for (var each : Timing.values()) {
            times.put(each, new Times());
        }
    }

    void count(Count what) {
        count(what, 1);
    }

    void count(Count what, long more) {
        var count = cell(what);
        count.setOpaque(count.getPlain() + more);
    }

    void time(Timing what, long nanos) {
        Objects.requireNonNull(times.get(what)).record(nanos);
    }

    void error(String code) {
        count(Count.ERRORS);
        errors.computeIfAbsent(code, each -> new LongAdder()).increment();
    }

    void ended(String how) {
        endings.computeIfAbsent(how, each -> new LongAdder()).increment();
    }

    /// The first few are kept in words, all are counted.
    void breach(Breach breach) {
        count(Count.BREACHES);
        if (breaches.size() < MAX_BREACHES) {
            breaches.computeIfAbsent(breach.toString(), each -> new LongAdder()).increment();
        }
    }

    long counted(Count what) {
        return cell(what).getOpaque();
    }

    private AtomicLong cell(Count what) {
        return Objects.requireNonNull(counts.get(what));
    }

    void moveTimesTo(Map<Timing, Histogram> to) {
        times.forEach((what, recorded) -> recorded.moveTo(Objects.requireNonNull(to.get(what))));
    }

    void addWordsTo(Map<String, Long> allErrors, Map<String, Long> allEndings, Map<String, Long> allBreaches) {
        errors.forEach((what, often) -> allErrors.merge(what, often.sum(), Long::sum));
        endings.forEach((what, often) -> allEndings.merge(what, often.sum(), Long::sum));
        breaches.forEach((what, often) -> allBreaches.merge(what, often.sum(), Long::sum));
    }
}
