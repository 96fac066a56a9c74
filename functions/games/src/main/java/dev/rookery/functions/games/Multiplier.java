package dev.rookery.functions.games;

import dev.rookery.eventing.contract.Refusal;
import java.math.BigInteger;

/// What a stake is multiplied by when it wins: an exact fraction. The one place where payouts are rounded, and always
/// down, to whole minor units.
///
/// Both games return 99 % before that: the multiplier is 99/100 divided by the probability to win.
record Multiplier(BigInteger numerator, BigInteger denominator) {

    /// Clients that read JSON numbers as doubles know larger ones only roughly.
    static final long MAX_PAYOUT = (1L << 53) - 1;

    private static final int RETURN_PERCENT = 99;

    /// For an outcome that comes in `winning` of `all` equally likely cases.
    static Multiplier of(long winning, long all) {
        return new Multiplier(
                BigInteger.valueOf(RETURN_PERCENT).multiply(BigInteger.valueOf(all)),
                BigInteger.valueOf(100).multiply(BigInteger.valueOf(winning)));
    }

    /// May this be staked, if it can be multiplied by so much?
    Acceptance accept(long stake) {
        if (stake < 1) {
            return refused("illegal-stake", "stake: " + stake + " (expected: at least 1)");
        }
        long maxStake = maxStake();
        if (stake > maxStake) {
            return refused(
                    "payout-limit",
                    "stake: " + stake + " (expected: at most " + maxStake + ", so that no payout is over " + MAX_PAYOUT
                            + ")");
        }
        return new Acceptance.Accepted(payout(stake));
    }

    /// @param stake one that was accepted with this multiplier or a larger one
    long payout(long stake) {
        return BigInteger.valueOf(stake).multiply(numerator).divide(denominator).longValueExact();
    }

    /// The largest stake whose payout, rounded down, is not over the limit.
    private long maxStake() {
        var firstOver = BigInteger.valueOf(MAX_PAYOUT + 1).multiply(denominator);
        return firstOver.subtract(BigInteger.ONE).divide(numerator).longValueExact();
    }

    private static Acceptance refused(String code, String message) {
        return new Acceptance.Refused(new Refusal(code, message));
    }
}
