package dev.rookery.functions.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;

/// Players' pots. Lives as long as one transaction.
final class AccountRows {

    /// The numbers of transfers come along: it saves a round trip.
    private static final String READ = """
            select account.id, account.balance, account.held, account.floor, account.version, null::bigint as transfer
            from unnest(?) as asked (id)
            cross join lateral (
                select id, balance, held, floor, version from account where account.id = asked.id) as account
            union all
            select null, null, null, null, null, nextval('transfer_id') from generate_series(1, ?)""";

    private static final String OPEN = """
            insert into account (id, kind, owner, currency, floor)
            select * from unnest(?, ?, ?, ?, ?) on conflict do nothing""";

    /// Only what is as it was read: whoever has lost the lock without knowing it writes nothing.
    private static final String SAVE = """
            update account set balance = changed.balance, held = changed.held, version = changed.version
            from unnest(?, ?, ?, ?, ?, ?) as changed (id, balance, held, version, held_before, version_before)
            where account.id = changed.id
              and account.version = changed.version_before and account.held = changed.held_before""";

    private final DSLContext transaction;
    private final LedgerSettings settings;

    AccountRows(DSLContext transaction, LedgerSettings settings) {
        this.transaction = transaction;
        this.settings = settings;
    }

    /// @param owned     accounts of players, locked by their players' rows
    /// @param shared    pots that are everybody's: read, not locked
    /// @param transfers how many numbers are needed
    Read read(Collection<AccountId> owned, Collection<AccountId> shared, int transfers) {
        if (owned.isEmpty() && shared.isEmpty() && transfers == 0) {
            return new Read(Map.of(), Map.of(), Map.of(), List.of());
        }
        var asked = new ArrayList<>(owned);
        asked.addAll(shared);
        var found = new HashMap<AccountId, Account>();
        var ids = new ArrayList<Long>();
        for (var row : transaction.fetch(READ, names(asked), transfers)) {
            var id = row.get("id", String.class);
            if (id == null) {
                ids.add(row.get("transfer", Long.class));
            } else {
                var account = new Account(
                        new AccountId(id),
                        row.get("balance", Long.class),
                        row.get("held", Long.class),
                        row.get("floor", Long.class),
                        row.get("version", Long.class));
                found.put(account.id(), account);
            }
        }
        var accounts = new LinkedHashMap<AccountId, Account>();
        owned.forEach(id -> accounts.put(id, found.getOrDefault(id, empty(id))));
        var available = new LinkedHashMap<AccountId, Long>();
        shared.forEach(id -> available.put(id, found.getOrDefault(id, empty(id)).available()));
        return new Read(accounts, available, found, ids.stream().sorted().toList());
    }

    /// What was read.
    ///
    /// @param owned       new ones are empty
    /// @param available   what may go out of pots that are everybody's, by what was committed a moment ago
    /// @param there       those that are in the database
    /// @param transferNumbers growing
    record Read(
            Map<AccountId, Account> owned,
            Map<AccountId, Long> available,
            Map<AccountId, Account> there,
            List<Long> transferNumbers) {

        PrimitiveIterator.OfLong transferIds() {
            return transferNumbers.stream().mapToLong(Long::longValue).iterator();
        }
    }

    /// Pots that are used for the first time, players' and everybody's; together with their currencies.
    void open(Collection<AccountId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        var currencies =
                ids.stream().map(AccountId::currency).distinct().sorted().toList();
        transaction.execute(
                "insert into currency (code, scale) select * from unnest(?, ?) on conflict do nothing",
                currencies.toArray(String[]::new),
                currencies.stream()
                        .map(code -> Money.scale(code)
                                .orElseThrow(() -> new IllegalStateException(
                                        "currency: " + code + " has no scale (expected: a code of ISO 4217)")))
                        .toArray(Integer[]::new));
        transaction.execute(
                OPEN,
                names(ids),
                ids.stream().map(id -> id.kind().wireName()).toArray(String[]::new),
                ids.stream().map(id -> id.owner().orElse(null)).toArray(String[]::new),
                ids.stream().map(AccountId::currency).toArray(String[]::new),
                ids.stream().map(this::floor).toArray(Long[]::new));
    }

    /// @param changed with what each was when it was read
    void save(Map<Account, Account> changed) {
        if (changed.isEmpty()) {
            return;
        }
        var after = List.copyOf(changed.values());
        var before = List.copyOf(changed.keySet());
        int saved = transaction.execute(
                SAVE,
                names(after.stream().map(Account::id).toList()),
                numbers(after, Account::balance),
                numbers(after, Account::held),
                numbers(after, Account::version),
                numbers(before, Account::held),
                numbers(before, Account::version));
        if (saved != changed.size()) {
            throw new IllegalStateException("accounts: " + saved + " of " + changed.size() + " were as they were read"
                    + " (expected: all, under their players' locks)");
        }
    }

    private Account empty(AccountId id) {
        return new Account(id, 0, 0, floor(id), 0);
    }

    private long floor(AccountId id) {
        return id.kind() == AccountKind.HOUSE
                ? -settings.houseFunds()
                : id.kind().floor();
    }

    private static String[] names(Collection<AccountId> ids) {
        return ids.stream().map(AccountId::value).toArray(String[]::new);
    }

    private static Long[] numbers(List<Account> accounts, ToLongFunction<Account> field) {
        return accounts.stream().map(field::applyAsLong).toArray(Long[]::new);
    }
}
