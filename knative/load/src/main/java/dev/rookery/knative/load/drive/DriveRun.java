package dev.rookery.knative.load.drive;

import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.Pace;
import dev.rookery.knative.load.measure.ProcessFigures;
import dev.rookery.knative.load.measure.Times;
import dev.rookery.knative.load.swarm.Count;
import dev.rookery.knative.load.swarm.Observation;
import dev.rookery.knative.load.swarm.Swarm;
import dev.rookery.knative.load.swarm.SwarmSettings;
import dev.rookery.knative.load.swarm.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/// One run: the members come over the ramp, then casts and commands are sent at their moments, now and then a storm
/// cuts a share of the connections, and in the end what is undecided is waited for. What was not sent in time because
/// this program was late counts from its moment all the same.
final class DriveRun {

    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(15);
    private static final long TICK_NANOS = 500_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final SwarmSettings settings;
    private final DrivePlan plan;
    private final Consumer<String> told;
    private final AtomicBoolean isToEnd;
    private final Map<Timing, Histogram> times = new EnumMap<>(Timing.class);
    private final ProcessFigures self = ProcessFigures.ofThisOne();

    private long begun;
    private long nextLine;
    private Progress last = Progress.NONE;

    /// @param told    is given a line of progress a second
    /// @param isToEnd may be set by another thread: the run then ends early, with its report
    DriveRun(SwarmSettings settings, DrivePlan plan, Consumer<String> told, AtomicBoolean isToEnd) {
        this.settings = settings;
        this.plan = plan;
        this.told = told;
        this.isToEnd = isToEnd;
        for (var each : Timing.values()) {
            times.put(each, Times.histogram());
        }
    }

    /// Blocks until it is over.
    DriveReport run() {
        var measured = Instant.now();
        var cpu = self.cpu();
        begun = System.nanoTime();
        nextLine = begun + SECOND_NANOS;
        try (var swarm = new Swarm(settings)) {
            told.accept(Progress.HEAD);
            ramp(swarm);
            settle(swarm, SETTLE, () -> isThere(swarm.observed()));
            long driven = drive(swarm);
            settle(swarm, LAST_ANSWERS, () -> isSettled(swarm.observed()));
            take(swarm);
            double share = (double) self.cpu().minus(cpu).toNanos() / (System.nanoTime() - begun);
            return new DriveReport(
                    measured,
                    Machine.here(),
                    settings.size(),
                    plan,
                    driven / (double) SECOND_NANOS,
                    share,
                    swarm.observed(),
                    latencies());
        }
    }

    private void ramp(Swarm swarm) {
        long nanos = Math.max(1, plan.ramp().toNanos());
        while (swarm.size() < settings.size() && !isToEnd.get()) {
            double part = Math.min(1, (double) (System.nanoTime() - begun) / nanos);
            while (swarm.size() < part * settings.size()) {
                swarm.grow();
            }
            tick(swarm);
        }
    }

    /// @return nanoseconds that it took
    private long drive(Swarm swarm) {
        long begin = System.nanoTime();
        var casts = new Pace(settings.rooms() == 0 ? 0 : plan.castsPerSecond(), begin);
        var commands = new Pace(plan.commandsPerSecond(), begin);
        long nextStorm = begin + plan.storm().toNanos();
        long sentCasts = 0;
        long sentCommands = 0;
        long now = begin;
        while (now - begin < plan.duration().toNanos() && !isToEnd.get()) {
            for (; sentCasts < casts.due(now); sentCasts++) {
                swarm.cast(sentCasts, casts.at(sentCasts));
            }
            for (; sentCommands < commands.due(now); sentCommands++) {
                swarm.command(sentCommands, commands.at(sentCommands));
            }
            if (!plan.storm().isZero() && now >= nextStorm) {
                swarm.cut(plan.stormPercent() / 100.0);
                nextStorm += plan.storm().toNanos();
            }
            tick(swarm);
            now = System.nanoTime();
        }
        return now - begin;
    }

    private void settle(Swarm swarm, Duration bound, BooleanSupplier isSettled) {
        long end = System.nanoTime() + bound.toNanos();
        while (!isSettled.getAsBoolean() && System.nanoTime() < end && !isToEnd.get()) {
            LockSupport.parkNanos(20 * TICK_NANOS);
            tick(swarm);
        }
    }

    private boolean isThere(Observation seen) {
        return seen.count(Count.CONNECTED) + seen.count(Count.STOPPED) >= settings.size();
    }

    private boolean isSettled(Observation seen) {
        return seen.undecided() == 0 && isThere(seen);
    }

    private void tick(Swarm swarm) {
        LockSupport.parkNanos(TICK_NANOS);
        if (System.nanoTime() >= nextLine) {
            // After a hold-up there is one line, not one for each second that was missed.
            nextLine = Math.max(nextLine, System.nanoTime() - SECOND_NANOS) + SECOND_NANOS;
            var now = swarm.observed();
            var second = take(swarm);
            last = last.next((System.nanoTime() - begun) / SECOND_NANOS, now, second);
            told.accept(last.toString());
        }
    }

    private Map<Timing, Histogram> take(Swarm swarm) {
        var taken = swarm.takeTimes();
        taken.forEach((what, some) -> Objects.requireNonNull(times.get(what)).add(some));
        return taken;
    }

    private Map<Timing, Latencies> latencies() {
        var latencies = new EnumMap<Timing, Latencies>(Timing.class);
        times.forEach((what, all) -> latencies.put(what, Latencies.of(all)));
        return latencies;
    }
}
