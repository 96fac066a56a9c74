package dev.rookery.functions.ledger.protection;

import dev.rookery.eventing.contract.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A player's limits: every rule ever asked for, in that order. Of those that are in force already the newest counts,
/// so a limit that is lowered also ends a raise that was still to come.
public record Limits(List<LimitRule> rules) {

    /// How long a raise takes (RTS 12D).
    public static final Duration RAISE_DELAY = Duration.ofHours(24);

    public Limits {
        rules = List.copyOf(rules);
    }

    public static Limits none() {
        return new Limits(List.of());
    }

    /// What is allowed now, in minor units; nothing when there is no limit.
    public OptionalLong current(String currency, LimitKind kind, Period period, Instant now) {
        var rule = newest(currency, kind, period, now);
        return rule == null || rule.amount() == null ? OptionalLong.empty() : OptionalLong.of(rule.amount());
    }

    /// Whether anything is limited now, over whatever period.
    public boolean has(String currency, LimitKind kind, Instant now) {
        return Arrays.stream(Period.values())
                .anyMatch(period -> current(currency, kind, period, now).isPresent());
    }

    /// The rule that a player's wish becomes: at once when it allows less, after a day when it allows more.
    ///
    /// @param amount in minor units; null for none any more
    public LimitRule ask(String currency, LimitKind kind, Period period, @Nullable Long amount, Instant now) {
        var current = current(currency, kind, period, now);
        boolean lowers = amount != null && (current.isEmpty() || amount <= current.getAsLong());
        return new LimitRule(currency, kind, period, amount, lowers, now, lowers ? now : now.plus(RAISE_DELAY));
    }

    public Limits with(LimitRule rule) {
        var more = new ArrayList<>(rules);
        more.add(rule);
        return new Limits(more);
    }

    /// Whether an amount may come on top of what was done.
    Optional<Refusal> check(String currency, LimitKind kind, long amount, Activity activity, Instant now) {
        for (var period : Period.values()) {
            var limit = current(currency, kind, period, now);
            if (limit.isPresent() && amount > limit.getAsLong() - activity.counted(kind, period)) {
                long left = Math.max(0, limit.getAsLong() - activity.counted(kind, period));
                return Optional.of(new Refusal(
                        kind.wireName() + "-limit",
                        "amount: " + amount + " " + currency + " (expected: at most " + left + " more this "
                                + period.wireName() + ")"));
            }
        }
        return Optional.empty();
    }

    private @Nullable LimitRule newest(String currency, LimitKind kind, Period period, Instant now) {
        for (var rule : rules.reversed()) {
            if (rule.isOn(kind, period, currency) && !rule.effective().isAfter(now)) {
                return rule;
            }
        }
        return null;
    }
}
