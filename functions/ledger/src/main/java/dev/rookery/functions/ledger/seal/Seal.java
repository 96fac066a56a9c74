package dev.rookery.functions.ledger.seal;

import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.chain.Head;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the ledger held at a moment. Kept elsewhere, it shows later what is missing: a chain whose tail was cut
/// off, or a whole database that was set back, is without fault in itself.
///
/// @param n        1, 2, 3 …
/// @param at       by the function's clock, in whole microseconds
/// @param heads    of every stripe, by its number
/// @param sums     of all accounts, by currency
/// @param previous SHA-256 of the content of the seal before; zeros before the first
public record Seal(long n, Instant at, List<Head> heads, Counts counts, SortedMap<String, Sums> sums, Hash previous) {

    public Seal {
        heads = List.copyOf(heads);
        sums = new TreeMap<>(sums);
        if (n < 1) {
            throw new IllegalArgumentException("seal: " + n + " (expected: 1, 2, 3 …)");
        }
    }

    /// How many there were.
    ///
    /// @param outcomes that the chain covers
    public record Counts(long transfers, long outcomes, long accounts, long links) {

        static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    /// In minor units.
    ///
    /// @param balances sum of all balances, which is 0
    /// @param absolute sum of what they are without their sign: how much money there is on both sides
    public record Sums(BigInteger balances, BigInteger absolute) {}

    /// The canonical text: JSON without white space, its fields in one order.
    public String text() {
        return SealText.of(this);
    }

    /// @throws IllegalArgumentException when it is none
    public static Seal parse(String text) {
        return SealText.parse(text);
    }

    /// The head of a stripe; that of an empty chain when the seal has none.
    public Head head(int stripe) {
        return heads.stream()
                .filter(head -> head.stripe() == stripe)
                .findFirst()
                .orElseGet(() -> Head.before(stripe));
    }
}
