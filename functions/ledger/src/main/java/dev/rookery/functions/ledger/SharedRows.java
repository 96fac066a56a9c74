package dev.rookery.functions.ledger;

import dev.rookery.functions.ledger.Book.Made;
import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.chain.Head;
import dev.rookery.functions.ledger.chain.Link;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Rows that every transaction writes: pots that are everybody's and the heads of the chain. Locked together, in one
/// order, pots before the head; written in one statement. Lives as long as one transaction.
final class SharedRows {

    private static final String LOCK = """
            with pot as (
                select id, balance, held, floor, version from account where id = any (?) order by id for no key update),
            head as (select n, hash from chain_head where stripe = ? for no key update)
            select id, balance, held, floor, version, null::bigint as n, null::text as hash from pot
            union all
            select null, null, null, null, null, n, encode(hash, 'hex') from head""";

    private static final String SAVE = """
            with pot as (
                update account set balance = changed.balance, held = changed.held, version = changed.version
                from unnest(?, ?, ?, ?) as changed (id, balance, held, version) where account.id = changed.id),
            head as (update chain_head set n = ?, hash = decode(?, 'hex') where stripe = ?),
            link as (
                insert into link (stripe, n, at, batch, transfers, outcomes, hash)
                values (?, ?, ?::timestamptz, ?, ?, ?, decode(?, 'hex')))
            insert into transfer (at, batch, id, debit, credit, amount, currency, code, round, debit_after,
                                  credit_after, debit_version, credit_version, command_source, command_id, trace_id)
            select ?::timestamptz, ?, made.*
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as made""";

    private final DSLContext transaction;

    SharedRows(DSLContext transaction) {
        this.transaction = transaction;
    }

    /// @param stripe whose head is locked
    Locked lock(Book.Changes changes, int stripe) {
        var pots = Stream.concat(
                        changes.promised.keySet().stream(),
                        changes.transfers.stream()
                                .map(Made::transfer)
                                .flatMap(transfer -> Stream.of(transfer.debit(), transfer.credit())))
                .filter(id -> id.kind() != AccountKind.PLAYER)
                .collect(Collectors.toCollection(TreeSet::new));
        var accounts = new HashMap<AccountId, Account>();
        var head = Head.before(stripe);
        for (var row :
                transaction.fetch(LOCK, pots.stream().map(AccountId::value).toArray(String[]::new), stripe)) {
            var id = row.get("id", String.class);
            if (id == null) {
                head = new Head(stripe, row.get("n", Long.class), new Hash(row.get("hash", String.class)));
            } else {
                accounts.put(
                        new AccountId(id),
                        new Account(
                                new AccountId(id),
                                row.get("balance", Long.class),
                                row.get("held", Long.class),
                                row.get("floor", Long.class),
                                row.get("version", Long.class)));
            }
        }
        changes.promised.forEach(
                (id, amount) -> accounts.computeIfPresent(id, (_, account) -> account.promised(amount)));
        return new Locked(accounts, head);
    }

    /// As they are until the transaction ends, with what it holds of them or gives back.
    record Locked(Map<AccountId, Account> accounts, Head head) {}

    void save(List<Booked> booked, Locked locked, Link link) {
        var after = new HashMap<>(locked.accounts());
        for (var each : booked) {
            after.replace(each.transfer().debit(), each.debited());
            after.replace(each.transfer().credit(), each.credited());
        }
        var pots = List.copyOf(after.values());
        transaction.execute(
                SAVE,
                texts(pots, account -> account.id().value()),
                numbers(pots, Account::balance),
                numbers(pots, Account::held),
                numbers(pots, Account::version),
                link.n(),
                link.hash().hex(),
                link.stripe(),
                link.stripe(),
                link.n(),
                link.at().toString(),
                link.batch(),
                link.transfers(),
                link.outcomes(),
                link.hash().hex(),
                link.at().toString(),
                link.batch(),
                numbers(booked, each -> each.transfer().id()),
                texts(booked, each -> each.transfer().debit().value()),
                texts(booked, each -> each.transfer().credit().value()),
                numbers(booked, each -> each.transfer().amount()),
                texts(booked, each -> each.transfer().debit().currency()),
                texts(booked, each -> each.transfer().code().wireName()),
                texts(booked, each -> each.transfer().round()),
                numbers(booked, each -> each.debited().balance()),
                numbers(booked, each -> each.credited().balance()),
                numbers(booked, each -> each.debited().version()),
                numbers(booked, each -> each.credited().version()),
                texts(booked, each -> each.transfer().commandSource()),
                texts(booked, each -> each.transfer().commandId()),
                texts(booked, each -> each.transfer().trace()));
    }

    private static <T> String[] texts(List<T> rows, Function<T, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static <T> Long[] numbers(List<T> rows, ToLongFunction<T> value) {
        return rows.stream().map(value::applyAsLong).toArray(Long[]::new);
    }
}
