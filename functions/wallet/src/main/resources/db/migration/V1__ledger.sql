-- Double entry: every pot of money is an account, and a transfer moves an amount from one to another. The sum of all
-- balances of a currency is zero, always.
create table account (
    id       text   not null primary key,
    kind     text   not null check (kind in ('player', 'world')),
    -- The player whose account it is, by pseudonym; null for accounts of the house.
    owner    text,
    currency text   not null check (currency ~ '^[A-Z]{3}$'),
    -- In minor units of the currency.
    balance  bigint not null default 0,
    held     bigint not null default 0 check (held >= 0),
    floor    bigint not null default 0,
    version  bigint not null default 0,
    check (balance - held >= floor),
    check ((kind = 'player') = (owner is not null))
) with (fillfactor = 40); -- balances change all the time: room for new row versions on the same page

create index account_of_owner on account (owner) where owner is not null;

-- One row names both sides, so it is balanced by construction. Ids grow in the order in which an account's transfers were
-- made, because whoever makes one holds the account's lock.
create table transfer (
    id           bigint      not null generated always as identity primary key,
    at           timestamptz not null,
    debit        text        not null references account,
    credit       text        not null references account,
    amount       bigint      not null check (amount > 0),
    currency     text        not null,
    code         text        not null check (code in ('deposit', 'withdrawal')),
    debit_after  bigint      not null,
    credit_after bigint      not null,
    -- The trace of the client's message that caused it, 32 hex digits.
    trace_id     text        not null check (trace_id ~ '^[0-9a-f]{32}$'),
    check (debit <> credit)
);

create index transfer_of_debit on transfer (debit, id desc);
create index transfer_of_credit on transfer (credit, id desc);

create trigger transfer_is_append_only before update or delete on transfer
    for each row execute function refuse_change();
create trigger transfer_is_never_truncated before truncate on transfer
    for each statement execute function refuse_change();

-- The application's role has the schema's name.
grant select, insert, update on account to ${flyway:defaultSchema};
grant select, insert on transfer to ${flyway:defaultSchema};
