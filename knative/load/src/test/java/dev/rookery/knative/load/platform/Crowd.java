package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.load.measure.Pace;
import dev.rookery.knative.load.player.Backoff;
import dev.rookery.knative.load.swarm.Count;
import dev.rookery.knative.load.swarm.Observation;
import dev.rookery.knative.load.swarm.Swarm;
import dev.rookery.knative.load.swarm.SwarmSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Condition;

/// Two thousand players in twenty rooms, half of each room at either gateway, who cast and deposit a cent each at
/// steady rates for as long as they are there, whatever happens to the platform.
final class Crowd implements AutoCloseable {

    static final int SIZE = 2_000;

    private static final int ROOMS = 20;
    /// Leaves a small machine the time to do something else.
    static final Pastime CALM = new Pastime(30, 20);
    /// Two processors are nearly busy with it.
    static final Pastime LIVELY = new Pastime(100, 40);

    private static final int PADDING = 32;
    private static final long RAMP_PER_SECOND = 500;
    private static final long TICK_NANOS = 2_000_000;
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Launched rookery;
    private final String names = "crowd-" + UUID.randomUUID().toString().substring(0, 8);
    private final Pastime pastime;
    private final Swarm swarm;
    private final Thread playing = new Thread(this::play, "crowd");
    private volatile boolean isToEnd;

    private Crowd(Launched rookery, Pastime pastime) {
        this.rookery = rookery;
        this.pastime = pastime;
        var gateways = rookery.platform().ports().stream()
                .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .toList();
        swarm = new Swarm(new SwarmSettings(
                gateways,
                SIZE,
                ROOMS,
                0,
                PADDING,
                TokenSecret.of(rookery.platform()),
                names,
                1,
                new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)),
                Duration.ofSeconds(45)));
    }

    /// Everybody has come, has joined a room, and plays.
    static Crowd atPlay(Launched rookery, Pastime pastime) {
        var crowd = new Crowd(rookery, pastime);
        crowd.ramp();
        crowd.awaitCount(Count.JOINED, SIZE);
        crowd.playing.start();
        crowd.awaitMore(Count.COMMANDS_DONE, pastime.commandsPerSecond());
        return crowd;
    }

    Observation seen() {
        return swarm.observed();
    }

    void awaitCount(Count what, long atLeast) {
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(seen())
                        .has(new Condition<>(seen -> seen.count(what) >= atLeast, "at least %d %s", atLeast, what)));
    }

    /// From now on.
    void awaitMore(Count what, long more) {
        awaitCount(what, seen().count(what) + more);
    }

    /// No more is sent, and what is undecided is waited for.
    Observation finish() {
        end();
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(seen())
                        .has(new Condition<>(seen -> seen.undecided() == 0, "nothing undecided"))
                        .has(new Condition<>(seen -> seen.count(Count.CONNECTED) == SIZE, "everybody connected")));
        return seen();
    }

    /// What was promised whatever happens: nobody saw an event twice, too late or not at all, nobody was sent away,
    /// and each command was decided once and booked once.
    void assertEveryPromiseKept(Observation seen) {
        long sent = seen.count(Count.COMMANDS_SENT);
        var ledger = new Ledger(rookery.platform().postgres());

        assertThat(seen.breaches()).as("%s", seen).isEmpty();
        assertThat(seen.count(Count.STOPPED)).as("%s", seen).isZero();
        assertThat(seen.count(Count.COMMANDS_DONE)).as("%s", seen).isEqualTo(sent);
        assertThat(ledger.booked(names)).isEqualTo(new Ledger.Booked(sent, sent, sent, sent));
        assertThat(ledger.wrongBalances()).isEmpty();
        assertThat(ledger.imbalances()).isEmpty();
    }

    @Override
    public void close() {
        end();
        swarm.close();
    }

    private void end() {
        isToEnd = true;
        try {
            playing.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ramp() {
        var pace = new Pace(RAMP_PER_SECOND, System.nanoTime());
        while (swarm.size() < SIZE) {
            if (swarm.size() < pace.due(System.nanoTime())) {
                swarm.grow();
            } else {
                LockSupport.parkNanos(TICK_NANOS);
            }
        }
    }

    private void play() {
        long begin = System.nanoTime();
        var casts = new Pace(pastime.castsPerSecond(), begin);
        var commands = new Pace(pastime.commandsPerSecond(), begin);
        long castsSent = 0;
        long commandsSent = 0;
        while (!isToEnd) {
            long now = System.nanoTime();
            for (; castsSent < casts.due(now); castsSent++) {
                swarm.cast(castsSent, casts.at(castsSent));
            }
            for (; commandsSent < commands.due(now); commandsSent++) {
                swarm.command(commandsSent, commands.at(commandsSent));
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /// What all of them do together.
    record Pastime(int castsPerSecond, int commandsPerSecond) {}
}
