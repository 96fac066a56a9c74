package dev.rookery.functions.ledger;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Money that moved from one account to another.
///
/// @param id            grows with time in each account
/// @param at            by the function's clock, in whole microseconds, which is what the database keeps
/// @param debit         where it came from
/// @param credit        where it went
/// @param amount        in minor units of both accounts' currency
/// @param round         the round that it belongs to
/// @param commandSource `/players/{player}`
/// @param commandId     the command that caused it
/// @param trace         of the client's message that caused it, 32 hex digits
public record Transfer(
        long id,
        Instant at,
        AccountId debit,
        AccountId credit,
        long amount,
        Code code,
        @Nullable String round,
        String commandSource,
        String commandId,
        String trace) {

    /// What it was for.
    public enum Code {
        DEPOSIT,
        WITHDRAWAL,
        STAKE,
        PAYOUT,
        PROMOTION,
        JACKPOT,
        FUNDING;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
