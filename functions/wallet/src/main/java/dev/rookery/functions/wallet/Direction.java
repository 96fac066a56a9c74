package dev.rookery.functions.wallet;

import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import java.time.Instant;
import java.util.List;

/// Which way money goes between a player's account and the world. Pure.
enum Direction {
    /// Into the player's account.
    DEPOSIT(new EventType("wallet.deposited"), new EventType("wallet.deposit-refused")) {
        @Override
        Movement check(Account account, Money money) {
            return account.in(money.amount());
        }

        @Override
        Transfer transfer(Account account, Money money, Instant at, String trace) {
            var world = AccountId.world(money.currency());
            return new Transfer(at, world, account.id(), money, Transfer.Code.DEPOSIT, trace);
        }
    },
    /// Out of it.
    WITHDRAWAL(new EventType("wallet.withdrawn"), new EventType("wallet.withdraw-refused")) {
        @Override
        Movement check(Account account, Money money) {
            return account.out(money.amount());
        }

        @Override
        Transfer transfer(Account account, Money money, Instant at, String trace) {
            var world = AccountId.world(money.currency());
            return new Transfer(at, account.id(), world, money, Transfer.Code.WITHDRAWAL, trace);
        }
    };

    private final EventType done;
    private final EventType refused;

    Direction(EventType done, EventType refused) {
        this.done = done;
        this.refused = refused;
    }

    /// May it move?
    abstract Movement check(Account account, Money money);

    abstract Transfer transfer(Account account, Money money, Instant at, String trace);

    EventType refused() {
        return refused;
    }

    /// What the player is told, and other functions too: the fact is named by its transfer.
    Decision done(Account account, Transfer transfer, long booked, long after) {
        var money = transfer.money();
        var moved = new Moved(account.id().value(), money.amount(), money.currency(), after, Long.toString(booked));
        var fact = new Fact("transfer-" + booked, done, account.owner(), moved);
        return new Decision.Done(done, moved, List.of(fact));
    }

    /// @param account  the player's
    /// @param amount   in minor units
    /// @param balance  of the account, after it
    /// @param transfer its id in the ledger
    record Moved(String account, long amount, String currency, long balance, String transfer) {}
}
