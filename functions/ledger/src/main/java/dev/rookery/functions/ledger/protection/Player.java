package dev.rookery.functions.ledger.protection;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A player as the ledger knows one, under the lock that every command of the player takes first.
///
/// @param excludedUntil  no deposit and no bet before this moment; null when there is no exclusion
/// @param limits         every limit ever asked for
/// @param sessionBegan   since when the player plays without a long pause; null before the first command
/// @param seen           when the player last did something
/// @param realityChecked when the player last acknowledged for how long it has been
/// @param realityCheck   how often that is asked; null when never
/// @param sessionLimit   how long a session may last; null when as long as the player likes
public record Player(
        PlayerId id,
        @Nullable Instant excludedUntil,
        Limits limits,
        @Nullable Instant sessionBegan,
        @Nullable Instant seen,
        @Nullable Instant realityChecked,
        @Nullable Duration realityCheck,
        @Nullable Duration sessionLimit) {

    /// For ever: further away than any clock goes, and a moment that every client can read.
    public static final Instant FOR_EVER = Instant.parse("9999-12-31T23:59:59Z");

    /// A pause of this length ends a session.
    public static final Duration SESSION_PAUSE = Duration.ofMinutes(30);

    public static Player unknown(PlayerId id) {
        return new Player(id, null, Limits.none(), null, null, null, null, null);
    }

    /// The player has done something.
    public Player seenAt(Instant now) {
        if (seen == null || !now.isBefore(seen.plus(SESSION_PAUSE))) {
            return new Player(id, excludedUntil, limits, now, now, now, realityCheck, sessionLimit);
        }
        return new Player(id, excludedUntil, limits, sessionBegan, now, realityChecked, realityCheck, sessionLimit);
    }

    /// May the player pay this in?
    ///
    /// @param amount   in minor units
    /// @param activity of the player in the currency
    public Optional<Refusal> deposit(String currency, long amount, Activity activity, Instant now) {
        return excluded(now).or(() -> limits.check(currency, LimitKind.DEPOSIT, amount, activity, now));
    }

    /// May the player bet this?
    ///
    /// @param amount   in minor units
    /// @param activity of the player in the currency
    public Optional<Refusal> bet(String currency, long amount, Activity activity, Instant now) {
        return excluded(now)
                .or(() -> sessionOver(now))
                .or(() -> realityCheckDue(now))
                .or(() -> limits.check(currency, LimitKind.STAKE, amount, activity, now))
                .or(() -> limits.check(currency, LimitKind.LOSS, amount, activity, now));
    }

    /// Never shorter than it is.
    public Player excluded(Instant now, Instant until) {
        var longest = excludedUntil != null && excludedUntil.isAfter(until) ? excludedUntil : until;
        if (!longest.isAfter(now)) {
            throw new IllegalArgumentException("until: " + until + " (expected: after " + now + ")");
        }
        return new Player(id, longest, limits, sessionBegan, seen, realityChecked, realityCheck, sessionLimit);
    }

    public Player limited(LimitRule rule) {
        return new Player(
                id, excludedUntil, limits.with(rule), sessionBegan, seen, realityChecked, realityCheck, sessionLimit);
    }

    public Player acknowledged(Instant now) {
        return new Player(id, excludedUntil, limits, sessionBegan, seen, now, realityCheck, sessionLimit);
    }

    /// @param every how often a reality check is asked; null for never
    /// @param limit how long a session may last; null for as long as the player likes
    public Player paced(@Nullable Duration every, @Nullable Duration limit) {
        return new Player(id, excludedUntil, limits, sessionBegan, seen, realityChecked, every, limit);
    }

    private Optional<Refusal> excluded(Instant now) {
        return excludedUntil != null && now.isBefore(excludedUntil)
                ? Optional.of(new Refusal("excluded", "excluded until " + excludedUntil))
                : Optional.empty();
    }

    private Optional<Refusal> sessionOver(Instant now) {
        return isOver(sessionBegan, sessionLimit, now)
                ? Optional.of(new Refusal(
                        "session-limit",
                        "session: since " + sessionBegan + " (expected: at most " + sessionLimit + ", then a pause of "
                                + SESSION_PAUSE + ")"))
                : Optional.empty();
    }

    private Optional<Refusal> realityCheckDue(Instant now) {
        return isOver(realityChecked, realityCheck, now)
                ? Optional.of(new Refusal(
                        "reality-check", "session: since " + sessionBegan + " (expected: an acknowledgement)"))
                : Optional.empty();
    }

    private static boolean isOver(@Nullable Instant since, @Nullable Duration length, Instant now) {
        return since != null && length != null && !now.isBefore(since.plus(length));
    }
}
