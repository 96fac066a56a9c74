package dev.rookery.functions.ledger.protection;

/// What a player did in one currency, by period; amounts in minor units.
public record Activity(Sums day, Sums week, Sums month) {

    private static final Sums NOTHING = new Sums(0, 0, 0);

    /// @param deposited paid in
    /// @param staked    bet
    /// @param won       paid out by games
    public record Sums(long deposited, long staked, long won) {

        public Sums plus(Sums more) {
            return new Sums(deposited + more.deposited, staked + more.staked, won + more.won);
        }
    }

    public static Activity none() {
        return new Activity(NOTHING, NOTHING, NOTHING);
    }

    /// One more thing was done today, which is part of all three.
    public Activity plus(Sums more) {
        return new Activity(day.plus(more), week.plus(more), month.plus(more));
    }

    long counted(LimitKind kind, Period period) {
        var sums = switch (period) {
            case DAY -> day;
            case WEEK -> week;
            case MONTH -> month;
        };
        return switch (kind) {
            case DEPOSIT -> sums.deposited();
            case STAKE -> sums.staked();
            case LOSS -> sums.staked() - sums.won();
        };
    }
}
