package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.Refusal;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// An amount of money.
///
/// @param amount   in minor units of the currency, 1..10^12
/// @param currency a code that nobody knows is refused, not wrong: the list changes
public record Money(long amount, String currency) {

    private static final long MAX_AMOUNT = 1_000_000_000_000L;
    /// Digits behind the point. Metals and units of account (XAU, XDR), which have none of their own, are no money
    /// here.
    private static final Map<String, Integer> SCALES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Currency::getDefaultFractionDigits));

    public Money {
        if (amount < 1 || amount > MAX_AMOUNT) {
            throw new IllegalArgumentException("amount: " + amount + " (expected: 1.." + MAX_AMOUNT + ")");
        }
    }

    /// Why the currency cannot be used, if so.
    public Optional<Refusal> unknownCurrency() {
        return SCALES.containsKey(currency)
                ? Optional.empty()
                : Optional.of(
                        new Refusal("unknown-currency", "currency: " + currency + " (expected: a code of ISO 4217)"));
    }

    /// Digits behind the point, by ISO 4217; none for a code that it does not know.
    public static OptionalInt scale(String currency) {
        var scale = SCALES.get(currency);
        return scale == null ? OptionalInt.empty() : OptionalInt.of(scale);
    }
}
