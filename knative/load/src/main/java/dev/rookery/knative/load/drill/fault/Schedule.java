package dev.rookery.knative.load.drill.fault;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// Which faults come, and when: the same for the same seed. For one thread.
public final class Schedule {

    /// What the platform runs as, how often each is met compared with the others. Kafka takes longest to come
    /// back.
    private static final List<Target> TARGETS = List.of(
            new Target("gateway-1", 3),
            new Target("gateway-2", 3),
            new Target("wallet", 5),
            new Target("rounds", 5),
            new Target("redis", 4),
            new Target("postgres", 4),
            new Target("replica", 2),
            new Target("kafka", 1));
    /// Which may be at zero, or several.
    static final List<String> FUNCTIONS = List.of("wallet", "rounds");
    /// It ends when functions are at zero; by then, if something keeps them busy.
    private static final Duration LONGEST_LULL = Duration.ofSeconds(25);
    /// The launcher, which delivers: it can be halted; to kill it is to kill everything.
    static final String PLATFORM = "platform";

    private static final Target LAUNCHER = new Target(PLATFORM, 3);

    private final SplittableRandom random;
    private final List<Fault.Kind> kinds;

    /// @param kinds that may come; at least one
    public Schedule(long seed, Set<Fault.Kind> kinds) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("faults: none (expected: one kind at least)");
        }
        this.random = new SplittableRandom(seed);
        this.kinds = List.copyOf(EnumSet.copyOf(kinds));
    }

    /// @param pause since the one before began, or the beginning
    public record Entry(Duration pause, Fault fault) {}

    public Entry next() {
        return new Entry(millis(2_000, 5_000), fault(kind()));
    }

    private Fault fault(Fault.Kind kind) {
        return switch (kind) {
            case KILL -> new Fault(kind, target(TARGETS).name(), Duration.ZERO);
            case HALT -> new Fault(kind, halted(), millis(500, 6_000));
            case DEADLOCK -> new Fault(kind, "", millis(2_000, 4_000));
            case PAUSE_REPLAY -> new Fault(kind, "", millis(1_000, 5_000));
            case HOLD_LINES -> new Fault(kind, gateway(), millis(300, 3_000));
            case CUT_LINES -> new Fault(kind, gateway(), Duration.ZERO);
            case HALF_OPEN_LINES -> new Fault(kind, gateway(), millis(1_000, 6_000));
            case JUMP_CLOCK -> new Fault(kind, function(), millis(2_000, 10_000), jump());
            case ROLL_FUNCTION -> new Fault(kind, function(), Duration.ZERO);
            case LULL -> new Fault(kind, "", LONGEST_LULL);
            case END_SESSIONS, STOP_POSTGRES, FLUSH_REDIS, ROLL_GATEWAYS, CRASH -> new Fault(kind, "", Duration.ZERO);
        };
    }

    private Fault.Kind kind() {
        int all = kinds.stream().mapToInt(Fault.Kind::weight).sum();
        int at = random.nextInt(all);
        for (var kind : kinds) {
            at -= kind.weight();
            if (at < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights: sum up to less than " + all);
    }

    private String halted() {
        int all = weight(TARGETS) + LAUNCHER.weight();
        return random.nextInt(all) < LAUNCHER.weight()
                ? LAUNCHER.name()
                : target(TARGETS).name();
    }

    private Target target(List<Target> targets) {
        int at = random.nextInt(weight(targets));
        for (var target : targets) {
            at -= target.weight();
            if (at < 0) {
                return target;
            }
        }
        throw new IllegalStateException("weights: of " + targets);
    }

    private String gateway() {
        return random.nextBoolean() ? "gateway-1" : "gateway-2";
    }

    private String function() {
        return FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
    }

    /// Past the deadline of a round and the moment of a sweep, to either side.
    private Duration jump() {
        int seconds = random.nextInt(5, 61);
        return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(random.nextInt(least, most + 1));
    }

    private static int weight(List<Target> targets) {
        return targets.stream().mapToInt(Target::weight).sum();
    }

    private record Target(String name, int weight) {}
}
