package dev.rookery.functions.wallet;

import dev.rookery.eventing.delivery.significant.WatchedSettings;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the wallet is run.
///
/// @param largeDeposit    deposits of so many minor units and more are a fact of their own, `wallet.large-deposit`
/// @param largeWithdrawal withdrawals of so many minor units and more are one too, `wallet.large-withdrawal`
@ConfigurationProperties("rookery.wallet")
record WalletSettings(
        @DefaultValue("1000000") long largeDeposit,
        @DefaultValue("1000000") long largeWithdrawal) {

    WalletSettings {
        check("large-deposit", largeDeposit);
        check("large-withdrawal", largeWithdrawal);
    }

    WatchedSettings watched() {
        return new WatchedSettings(Map.of(
                "rookery.wallet.large-deposit",
                Long.toString(largeDeposit),
                "rookery.wallet.large-withdrawal",
                Long.toString(largeWithdrawal)));
    }

    private static void check(String name, long amount) {
        if (amount < 1) {
            throw new IllegalArgumentException("rookery.wallet." + name + ": " + amount + " (expected: >= 1)");
        }
    }
}
