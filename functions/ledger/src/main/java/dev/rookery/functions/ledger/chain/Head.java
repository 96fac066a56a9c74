package dev.rookery.functions.ledger.chain;

/// The newest link of a stripe.
///
/// @param n 0 before the first link
public record Head(int stripe, long n, Hash hash) {

    public static Head before(int stripe) {
        return new Head(stripe, 0, Hash.ZERO);
    }
}
