package dev.rookery.knative.load.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rookery.knative.load.drill.fault.Fault.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    @Test
    void theSameSeedBringsTheSameFaults() {
        assertThat(drawn(7, ALL, 200)).isEqualTo(drawn(7, ALL, 200)).isNotEqualTo(drawn(8, ALL, 200));
    }

    @Test
    void everyKindComesAndEveryProcessIsMet() {
        var faults = drawn(7, ALL, 2_000).stream().map(Schedule.Entry::fault).toList();

        assertThat(faults).extracting(Fault::kind).containsAll(ALL);
        assertThat(faults)
                .filteredOn(fault -> fault.kind() == Kind.KILL)
                .extracting(Fault::target)
                .containsOnly("gateway-1", "gateway-2", "wallet", "rounds", "redis", "postgres", "replica", "kafka");
        assertThat(faults)
                .filteredOn(fault -> fault.kind() == Kind.HALT)
                .extracting(Fault::target)
                .contains("platform", "kafka", "postgres");
    }

    @Test
    void onlyTheKindsThatAreAskedForCome() {
        assertThat(drawn(7, Set.of(Kind.CRASH, Kind.KILL), 100))
                .extracting(entry -> entry.fault().kind())
                .containsOnly(Kind.CRASH, Kind.KILL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule(7, Set.of()))
                .withMessage("faults: none (expected: one kind at least)");
    }

    @Test
    void twoToFiveSecondsAreBetweenThem() {
        assertThat(drawn(7, ALL, 500))
                .allSatisfy(entry -> assertThat(entry.pause()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5)));
    }

    @Test
    void clocksJumpPastWhatIsDoneByTheClockToEitherSide() {
        var jumps = drawn(7, Set.of(Kind.JUMP_CLOCK), 200).stream()
                .map(entry -> entry.fault().jump().toSeconds())
                .toList();

        assertThat(jumps)
                .anyMatch(seconds -> seconds > 15)
                .anyMatch(seconds -> seconds < -15)
                .allSatisfy(seconds -> assertThat(Math.abs(seconds)).isBetween(5L, 60L));
        assertThat(new Fault(Kind.JUMP_CLOCK, "wallet", Duration.ofMillis(2_500), Duration.ofSeconds(-20)))
                .hasToString("jump-clock wallet by -20 s for 2500 ms");
    }

    @Test
    void aFaultIsWrittenWithItsTargetAndItsLength() {
        assertThat(new Fault(Kind.HALF_OPEN_LINES, "gateway-1", Duration.ofMillis(1_200)))
                .hasToString("half-open-lines gateway-1 for 1200 ms");
        assertThat(Kind.of("half-open-lines")).isEqualTo(Kind.HALF_OPEN_LINES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kind.of("fire"))
                .withMessageStartingWith("fault: fire (expected: one of kill, halt, ");
    }

    private static List<Schedule.Entry> drawn(long seed, Set<Kind> kinds, int count) {
        var schedule = new Schedule(seed, kinds);
        return Stream.generate(schedule::next).limit(count).toList();
    }
}
