package dev.rookery.functions.games.fair;

import static org.assertj.core.api.Assertions.assertThat;

/// How often each of some outcomes came, and whether that fits outcomes which are all as likely.
///
/// What decides is Pearson's chi-square, in standard deviations of what is due: its cube root is close to normal
/// (Wilson and Hilferty, 1931). A fair source is beyond four of them, on either side, in 6 of 100,000 tries (too
/// even is as wrong as too uneven); some sixty tries are made in these tests, so a fair one passes them all with 996
/// of 1,000 seeds. The seeds are fixed: who passes once passes always.
final class Histogram {

    private static final double LIMIT = 4;

    private final long[] counts;

    Histogram(int outcomes) {
        counts = new long[outcomes];
    }

    void count(int outcome) {
        counts[outcome]++;
    }

    void assertIsEven(String what) {
        assertThat(deviations()).as("%s: standard deviations", what).isBetween(-LIMIT, LIMIT);
    }

    void assertIsUneven(String what) {
        assertThat(deviations()).as("%s: standard deviations", what).isGreaterThan(LIMIT);
    }

    private double deviations() {
        double freedom = counts.length - 1.0;
        double spread = 2 / (9 * freedom);
        return (Math.cbrt(chiSquare() / freedom) - (1 - spread)) / Math.sqrt(spread);
    }

    private double chiSquare() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double due = (double) total / counts.length;
        double sum = 0;
        for (long count : counts) {
            sum += (count - due) * (count - due) / due;
        }
        return sum;
    }
}
