package dev.rookery.functions.ledger.protection;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;

/// What a limit is counted over: a calendar day, the week from Monday, the month; all in UTC (RTS 12B asks for 24
/// hours, 7 days and one month).
public enum Period {
    DAY("day"),
    WEEK("week"),
    MONTH("month");

    private final String wireName;

    Period(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /// The period's first day.
    public LocalDate first(LocalDate today) {
        return switch (this) {
            case DAY -> today;
            case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> today.withDayOfMonth(1);
        };
    }

    public static Period of(String wireName) {
        return Arrays.stream(values())
                .filter(period -> period.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("period: " + wireName + " (expected: day, week or month)"));
    }
}
