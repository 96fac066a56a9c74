package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.PlayerId;
import java.util.Arrays;
import java.util.Optional;

/// Names one pot of money in one currency: `player/p-7/EUR`, `house/EUR`.
public record AccountId(String value) implements Comparable<AccountId> {

    public static AccountId of(PlayerId player, String currency) {
        return new AccountId("player/" + player + "/" + currency);
    }

    /// A pot that is nobody's in particular.
    public static AccountId of(AccountKind kind, String currency) {
        if (kind == AccountKind.PLAYER) {
            throw new IllegalArgumentException("kind: player (expected: one without an owner)");
        }
        return new AccountId(kind.wireName() + "/" + currency);
    }

    public AccountKind kind() {
        var name = value.substring(0, value.indexOf('/'));
        return Arrays.stream(AccountKind.values())
                .filter(kind -> kind.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("account: " + value + " (expected: kind/…)"));
    }

    /// The player whose it is, by pseudonym.
    public Optional<String> owner() {
        return kind() == AccountKind.PLAYER
                ? Optional.of(value.substring(value.indexOf('/') + 1, value.lastIndexOf('/')))
                : Optional.empty();
    }

    public String currency() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /// The order in which accounts are locked.
    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
