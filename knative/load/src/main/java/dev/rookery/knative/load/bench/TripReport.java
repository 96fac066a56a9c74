package dev.rookery.knative.load.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.knative.load.ceiling.Ceilings;
import dev.rookery.knative.load.measure.Machine;
import dev.rookery.knative.load.measure.Step;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What a run of `bench trip` found, as it is written to a file; [TripTable] shows it.
///
/// @param measured        when
/// @param firstTripMicros the first command of all, for which a function may have had to start
/// @param steps           the rates that are always measured, the lowest first
public record TripReport(
        Instant measured,
        Machine machine,
        long firstTripMicros,
        List<Step> steps,
        Search search,
        Crew.Seen seen,
        Ceilings ceilings) {

    public TripReport {
        steps = List.copyOf(steps);
    }

    /// The search for the highest rate.
    ///
    /// @param held   the highest rate that held; 0 when none did
    /// @param failed the lowest that did not, or the limit of the search
    /// @param tried  the rates, in the order in which they were tried
    public record Search(int held, int failed, End end, List<Step> tried) {

        public Search {
            tried = List.copyOf(tried);
        }

        /// Why no other rate was tried.
        public enum End {
            /// The highest that held and the lowest that did not are near enough.
            FOUND,
            TRIES,
            TIME,
            /// They would have been in the way of every later rate.
            LOST_ANSWERS
        }
    }

    /// How the trip compares with what is below it.
    ///
    /// @param tripOverCeilings p50 at the lowest rate over the sum of the ceilings' p50
    /// @param rateOverPostgres the highest rate over what PostgreSQL commits, many at once
    public record Ratios(double tripOverCeilings, double rateOverPostgres) {}

    @JsonProperty
    public Ratios ratios() {
        double trip = steps.getFirst().latencies().p50Micros();
        return new Ratios(
                trip / Math.max(1, ceilings.sumMicros()),
                search.held() / ceilings.postgresMany().speed().perSecond());
    }

    /// Whether every rate that is always measured was answered in full, and every promise kept.
    boolean isFullyAnswered() {
        return seen.violated() == 0 && steps.stream().allMatch(step -> step.failed() == 0 && step.lost() == 0);
    }

    /// Every rate that was measured, in the order in which it was.
    Stream<Step> everyStep() {
        return Stream.concat(steps.stream(), search.tried().stream());
    }
}
