package dev.rookery.knative.load.bench.money;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Players whom nobody has heard of before this run, and the bets that are made for them: each has an id of its
/// own.
///
/// Safe for use by many threads.
final class Bettors {

    static final String BET = "rounds.bet";
    /// Wins every second time, and then moves money twice: the stake and what is paid.
    static final String DICE = "{\"game\":\"dice\",\"terms\":{\"direction\":\"under\",\"target\":5000},\"stake\":1,"
            + "\"currency\":\"EUR\"}";

    private final String run;
    private final List<String> cold;
    private final String hot;
    private final AtomicLong bets = new AtomicLong();

    private Bettors(String run, int size) {
        this.run = run;
        var names = new ArrayList<String>();
        for (int i = 0; i < size; i++) {
            names.add("bet-" + run + "-" + i);
        }
        this.cold = List.copyOf(names);
        this.hot = "bet-" + run + "-hot";
    }

    /// @param size beside the one whom everybody bets for
    static Bettors fresh(int size) {
        return new Bettors(Long.toHexString(ThreadLocalRandom.current().nextLong()), size);
    }

    List<String> cold() {
        return cold;
    }

    /// Whom everybody bets for.
    String hot() {
        return hot;
    }

    List<String> all() {
        var all = new ArrayList<>(cold);
        all.add(hot);
        return List.copyOf(all);
    }

    /// Those of one connection, which are no other one's.
    ///
    /// @param connection from 0
    List<String> of(int connection, int connections) {
        var mine = new ArrayList<String>();
        for (int i = connection; i < cold.size(); i += connections) {
            mine.add(cold.get(i));
        }
        return List.copyOf(mine);
    }

    /// One more bet.
    Delivery bet(String player) {
        return new Delivery(player, nextBet(), BET, DICE);
    }

    /// The id of one more bet.
    String nextBet() {
        return run + "-" + bets.incrementAndGet();
    }

    /// How many were made.
    long bets() {
        return bets.get();
    }
}
