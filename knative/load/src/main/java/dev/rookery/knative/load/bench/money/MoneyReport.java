package dev.rookery.knative.load.bench.money;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.knative.load.measure.Latencies;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.Step;
import java.time.Instant;
import java.util.List;

/// What a run of `bench money` found, as it is written to a file; [MoneyTable] shows it.
///
/// @param measured when
/// @param cold     the function's endpoint, each connection with accounts of its own
/// @param hot      the same, all connections with one account
/// @param rates    the function's endpoint at steady rates
/// @param skipped  rates that were not tried: too far above what the closed loop reached
/// @param trips    from a player's frame to the event that decides it
/// @param single   PostgreSQL alone, one bet a transaction
/// @param batched  PostgreSQL alone, many bets a transaction
/// @param sentBack deliveries that were told to come again, which they did
/// @param violated promises of the protocol that were not kept
public record MoneyReport(
        Instant measured,
        Machine machine,
        MoneyPlan plan,
        Speed cold,
        Speed hot,
        List<Step> rates,
        List<Integer> skipped,
        List<Step> trips,
        Speed single,
        Speed batched,
        long sentBack,
        long violated,
        Audit audit) {

    public MoneyReport {
        rates = List.copyOf(rates);
        skipped = List.copyOf(skipped);
        trips = List.copyOf(trips);
    }

    /// @param atOnce    connections
    /// @param batch     bets of a transaction, on average
    /// @param perSecond bets
    /// @param latencies of a bet, or of a transaction where PostgreSQL is alone
    /// @param costs     processor time a bet
    public record Speed(int atOnce, double batch, double perSecond, Latencies latencies, Costs costs) {}

    /// Processor time a bet, in microseconds.
    ///
    /// @param function 0 where PostgreSQL is alone
    /// @param client   of this program
    public record Costs(double function, double postgres, double client) {}

    /// How the function compares with what is below it, by bets a second, and a hot account with cold ones.
    public record Ratios(double functionOverBatched, double functionOverSingle, double hotOverCold) {}

    @JsonProperty
    public Ratios ratios() {
        return new Ratios(
                cold.perSecond() / batched.perSecond(),
                cold.perSecond() / single.perSecond(),
                hot.perSecond() / cold.perSecond());
    }

    /// Whether no bet got lost, was refused, or was carried out twice, and every promise was kept.
    boolean isRight() {
        return audit.isExact()
                && violated == 0
                && rates.stream().allMatch(MoneyReport::isAnswered)
                && trips.stream().allMatch(MoneyReport::isAnswered);
    }

    /// A rate that is too high is cut short, which is no fault.
    private static boolean isAnswered(Step step) {
        return step.failed() == 0 && step.lost() == 0;
    }
}
