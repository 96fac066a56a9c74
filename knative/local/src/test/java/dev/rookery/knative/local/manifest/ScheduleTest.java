package dev.rookery.knative.local.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource({
        "* * * * *,    2026-01-01T10:00:00Z,     2026-01-01T10:01:00Z",
        "* * * * *,    2026-01-01T10:00:59.999Z, 2026-01-01T10:01:00Z",
        "* * * * *,    2026-01-01T23:59:30Z,     2026-01-02T00:00:00Z",
        "*/1 * * * *,  2026-01-01T10:00:30Z,     2026-01-01T10:01:00Z",
        "*/15 * * * *, 2026-01-01T10:15:00Z,     2026-01-01T10:30:00Z",
        "*/15 * * * *, 2026-01-01T10:46:00Z,     2026-01-01T11:00:00Z",
        "*/7 * * * *,  2026-01-01T10:56:00Z,     2026-01-01T11:00:00Z",
        "*/59 * * * *, 2026-01-01T10:00:00Z,     2026-01-01T10:59:00Z",
    })
    void itFiresAtTheNextMinuteThatIsAMultiple(String cron, Instant after, Instant next) {
        assertThat(Schedule.parse(cron).next(after)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "0 * * * *",
                "*/0 * * * *",
                "*/60 * * * *",
                "*/05 * * * *",
                "* */2 * * *",
                "1-5 * * * *",
                "@hourly",
                "*  * * * *",
                "* * * * MON"
            })
    void anotherScheduleIsToldAndWhatIsExpected(String cron) {
        assertThatThrownBy(() -> Schedule.parse(cron))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spec.schedule: " + cron + " (expected: * * * * * or */N * * * *, N from 1 to 59)");
    }
}
