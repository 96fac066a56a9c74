package dev.rookery.functions.wallet;

import static dev.rookery.functions.wallet.tables.Tables.ACCOUNT;

import dev.rookery.eventing.contract.PlayerId;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/// The pots of money. Lives as long as one transaction.
final class Accounts {

    private final DSLContext transaction;

    Accounts(DSLContext transaction) {
        this.transaction = transaction;
    }

    /// The player's account, row-locked until the transaction ends; opened when this is its first use.
    ///
    /// The lock is a statement of its own: a look-up in the same statement would still see the snapshot from
    /// before the wait, and a command that came twice would be booked twice.
    Account lock(PlayerId player, String currency) {
        var id = AccountId.of(player, currency);
        return find(id, player).orElseGet(() -> {
            open(id, player, currency);
            return find(id, player).orElseThrow();
        });
    }

    /// Every balance of a player, by currency.
    List<Balance> balances(PlayerId player) {
        return transaction
                .select(ACCOUNT.CURRENCY, ACCOUNT.BALANCE)
                .from(ACCOUNT)
                .where(ACCOUNT.OWNER.eq(player.value()))
                .orderBy(ACCOUNT.CURRENCY)
                .fetch(row -> new Balance(row.value1(), row.value2()));
    }

    private Optional<Account> find(AccountId id, PlayerId player) {
        return transaction
                .select(ACCOUNT.CURRENCY, ACCOUNT.BALANCE, ACCOUNT.HELD, ACCOUNT.FLOOR)
                .from(ACCOUNT)
                .where(ACCOUNT.ID.eq(id.value()))
                .forUpdate()
                .fetchOptional(
                        row -> new Account(id, player.value(), row.value1(), row.value2(), row.value3(), row.value4()));
    }

    /// Together with the world's account of the currency, so that whoever has an account can be paid. Two
    /// commands that open the same account meet in the primary key; the later one waits, and finds it.
    private void open(AccountId id, PlayerId player, String currency) {
        transaction
                .insertInto(ACCOUNT, ACCOUNT.ID, ACCOUNT.KIND, ACCOUNT.OWNER, ACCOUNT.CURRENCY, ACCOUNT.FLOOR)
                .values(id.value(), "player", player.value(), currency, 0L)
                .values(AccountId.world(currency).value(), "world", null, currency, Long.MIN_VALUE)
                .onConflictDoNothing()
                .execute();
    }

    /// @param amount in minor units
    record Balance(String currency, long amount) {}
}
