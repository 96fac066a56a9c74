package dev.rookery.functions.ledger;

import dev.rookery.eventing.delivery.significant.WatchedSettings;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the ledger is run.
///
/// @param houseFunds what the house of a currency has to lose, in minor units: payouts never go beyond it. Counts for
///                   currencies that are used for the first time; later, money has to be moved in
/// @param stripes    of the audit's chain, 1..4: how many transactions may add a link at a time
@ConfigurationProperties("rookery.ledger")
public record LedgerSettings(
        @DefaultValue("100000000000") long houseFunds,
        @DefaultValue("4") int stripes) {

    private static final int MAX_STRIPES = 4;

    public LedgerSettings {
        if (houseFunds < 0) {
            throw new IllegalArgumentException("rookery.ledger.house-funds: " + houseFunds + " (expected: >= 0)");
        }
        if (stripes < 1 || stripes > MAX_STRIPES) {
            throw new IllegalArgumentException(
                    "rookery.ledger.stripes: " + stripes + " (expected: 1.." + MAX_STRIPES + ")");
        }
    }

    WatchedSettings watched() {
        return new WatchedSettings(Map.of(
                "rookery.ledger.house-funds",
                Long.toString(houseFunds),
                "rookery.ledger.stripes",
                Integer.toString(stripes)));
    }
}
