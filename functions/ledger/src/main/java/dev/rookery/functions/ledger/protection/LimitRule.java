package dev.rookery.functions.ledger.protection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A limit as a player asked for it.
///
/// @param amount    in minor units; null when there is to be none any more
/// @param lowers    whether it allows less than what was in force when it was asked for
/// @param requested when it was asked for
/// @param effective from when on it counts
public record LimitRule(
        String currency,
        LimitKind kind,
        Period period,
        @Nullable Long amount,
        boolean lowers,
        Instant requested,
        Instant effective) {

    boolean isOn(LimitKind what, Period over, String in) {
        return kind == what && period == over && currency.equals(in);
    }
}
