package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Refusal;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/// An amount of money that is to move.
///
/// @param amount   in minor units of the currency, 1..10^12
/// @param currency three capital letters; a code that ISO 4217 does not know is refused, not wrong: the list changes
record Money(long amount, String currency) {

    private static final long MAX_AMOUNT = 1_000_000_000_000L;
    private static final Set<String> ISO_4217 = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    Money {
        if (amount < 1 || amount > MAX_AMOUNT) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: 1.." + MAX_AMOUNT + ")");
        }
    }

    boolean isOfAKnownCurrency() {
        return ISO_4217.contains(currency);
    }

    Refusal unknownCurrency() {
        return new Refusal("unknown-currency", "currency: " + currency + " (expected: a code of ISO 4217)");
    }
}
