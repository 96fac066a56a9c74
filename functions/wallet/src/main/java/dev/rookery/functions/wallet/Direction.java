package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.functions.ledger.Account;
import dev.rookery.functions.ledger.AccountId;
import dev.rookery.functions.ledger.AccountKind;
import dev.rookery.functions.ledger.Money;
import dev.rookery.functions.ledger.Movement;
import dev.rookery.functions.ledger.Transfer;
import dev.rookery.functions.ledger.protection.Activity;
import dev.rookery.functions.ledger.protection.LimitKind;
import dev.rookery.functions.ledger.protection.Player;
import java.time.Instant;
import java.util.Optional;

/// Which way money goes between a player's account and the world. Pure.
enum Direction {
    /// Into the player's account, as far as the player's limits let it.
    DEPOSIT(
            new EventType("wallet.deposited"),
            new EventType("wallet.deposit-refused"),
            new EventType("wallet.large-deposit"),
            Transfer.Code.DEPOSIT) {
        @Override
        Optional<Refusal> forbidden(Player player, Money money, Activity activity, Instant now) {
            return player.deposit(money.currency(), money.amount(), activity, now);
        }

        @Override
        Movement check(Account account, Money money) {
            return account.in(money.amount());
        }

        @Override
        Object told(Moved moved, Account before, Player player, Instant now) {
            boolean isFirst = before.version() == 0;
            return moved.deposited(isFirst && !player.limits().has(before.id().currency(), LimitKind.DEPOSIT, now));
        }

        @Override
        AccountId debit(Account account) {
            return AccountId.of(AccountKind.CASH_IN, account.id().currency());
        }

        @Override
        AccountId credit(Account account) {
            return account.id();
        }
    },
    /// Out of it; nobody is kept from taking out what is theirs.
    WITHDRAWAL(
            new EventType("wallet.withdrawn"),
            new EventType("wallet.withdraw-refused"),
            new EventType("wallet.large-withdrawal"),
            Transfer.Code.WITHDRAWAL) {
        @Override
        Optional<Refusal> forbidden(Player player, Money money, Activity activity, Instant now) {
            return Optional.empty();
        }

        @Override
        Movement check(Account account, Money money) {
            return account.out(money.amount());
        }

        @Override
        Object told(Moved moved, Account before, Player player, Instant now) {
            return moved;
        }

        @Override
        AccountId debit(Account account) {
            return account.id();
        }

        @Override
        AccountId credit(Account account) {
            return AccountId.of(AccountKind.CASH_OUT, account.id().currency());
        }
    };

    private final EventType done;
    private final EventType refused;
    private final EventType large;
    private final Transfer.Code code;

    Direction(EventType done, EventType refused, EventType large, Transfer.Code code) {
        this.done = done;
        this.refused = refused;
        this.large = large;
        this.code = code;
    }

    /// Why the player may not, whatever the account holds.
    abstract Optional<Refusal> forbidden(Player player, Money money, Activity activity, Instant now);

    /// May it move?
    abstract Movement check(Account account, Money money);

    /// What the player is told of it, as JSON object.
    ///
    /// @param before the player's account
    abstract Object told(Moved moved, Account before, Player player, Instant now);

    abstract AccountId debit(Account account);

    abstract AccountId credit(Account account);

    EventType done() {
        return done;
    }

    EventType refused() {
        return refused;
    }

    /// Of the fact that tells of one that is large.
    EventType large() {
        return large;
    }

    Transfer.Code code() {
        return code;
    }
}
