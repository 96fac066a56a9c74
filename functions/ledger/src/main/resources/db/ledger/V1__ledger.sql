-- Double entry: every pot of money is an account, and a transfer moves an amount from one to another. The sum of all balances
-- of a currency is zero, always. Amounts are whole numbers of the currency's smallest unit.
--
-- The roles that work with the ledger are members of the role that has the schema's name.

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;

create table currency (
    code  text     not null primary key check (code ~ '^[A-Z][A-Z0-9]{2,7}$'),
    -- Digits behind the point; a currency keeps it, because every amount is counted in it.
    scale smallint not null check (scale between 0 and 18)
);

-- Whom money belongs to, by pseudonym; who the person is stands elsewhere and can be erased. Every command of a player locks
-- this row first, so what it finds about the player's money, limits and rounds is not changed by another one meanwhile.
create table player (
    id                    text        not null primary key,
    -- No deposit and no bet before this moment; 'infinity' when it never ends.
    excluded_until        timestamptz,
    -- Whether there is any limit: most players have none, and need not be asked about.
    limited               boolean     not null default false,
    -- Since when the player plays without a long pause, when the player was last seen (to the minute), and when the player
    -- last acknowledged for how long it has been.
    session_began         timestamptz,
    seen                  timestamptz,
    reality_checked       timestamptz,
    reality_check_seconds int         check (reality_check_seconds > 0),
    session_limit_seconds int         check (session_limit_seconds > 0)
) with (fillfactor = 70);

create table account (
    id       text   not null primary key,
    kind     text   not null check (kind in
        ('player', 'house', 'jackpot', 'promotion', 'pending-withdrawal', 'cash-in', 'cash-out')),
    owner    text   references player,
    currency text   not null references currency,
    balance  bigint not null default 0,
    -- Part of the balance that is promised: the sum of the account's open holds.
    held     bigint not null default 0 check (held >= 0),
    -- What balance less held never goes below.
    floor    bigint not null default 0,
    -- Transfers so far.
    version  bigint not null default 0,
    check (balance - held >= floor),
    check ((kind = 'player') = (owner is not null)),
    unique (id, currency)
) with (fillfactor = 40); -- balances change all the time: room for new row versions on the same page

create index account_of_owner on account (owner) where owner is not null;

-- One row names both sides, so it is balanced by construction; the foreign keys hold its currency to that of both. Ids grow
-- in the order in which an account's transfers were made, because whoever makes one holds the player's lock.
create sequence transfer_id;

create table transfer (
    id             bigint      not null default nextval('transfer_id'),
    at             timestamptz not null,
    -- The transaction that made it: the chain's links name these.
    batch          uuid        not null,
    debit          text        not null,
    credit         text        not null,
    amount         bigint      not null check (amount > 0),
    currency       text        not null,
    code           text        not null check (code in
        ('deposit', 'withdrawal', 'stake', 'payout', 'promotion', 'jackpot', 'funding', 'migration')),
    round          text,
    debit_after    bigint      not null,
    credit_after   bigint      not null,
    debit_version  bigint      not null,
    credit_version bigint      not null,
    -- The command that caused it, and the trace of the client's message, 32 hex digits.
    command_source text        not null,
    command_id     text        not null,
    trace_id       text        not null check (trace_id ~ '^[0-9a-f]{32}$'),
    check (debit <> credit),
    primary key (id, at),
    foreign key (debit, currency) references account (id, currency),
    foreign key (credit, currency) references account (id, currency)
) partition by range (at);

create index transfer_of_debit on transfer (debit, id desc);
create index transfer_of_credit on transfer (credit, id desc);

create trigger transfer_is_append_only before update or delete on transfer
    for each row execute function refuse_change();
create trigger transfer_is_never_truncated before truncate on transfer
    for each statement execute function refuse_change();

-- A partition a month, made ahead. Runs with the owner's rights, because whoever books may not make tables; says how many are
-- new. Two that make the same one at the same time wait for each other.
create function make_partitions(beginning timestamptz, months int) returns int
    language plpgsql security definer set search_path from current set timezone = 'UTC' as $$
declare
    first date := date_trunc('month', beginning);
    month date;
    partition text;
    made int := 0;
begin
    perform pg_advisory_xact_lock(hashtext('ledger.make_partitions'));
    for ahead in 0 .. months loop
        month := first + make_interval(months => ahead);
        partition := 'transfer_' || to_char(month, 'YYYY_MM');
        if to_regclass(partition) is null then
            execute format('create table %I partition of transfer for values from (%L) to (%L)',
                partition, month::timestamptz, (month + interval '1 month')::timestamptz);
            -- Triggers of rows come from the parent, those of statements do not.
            execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
                partition || '_is_never_truncated', partition);
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;
revoke all on function make_partitions(timestamptz, int) from public;

select make_partitions(now() - interval '1 month', 4);

-- Money that is promised: reserved, then posted in part or whole, or given back.
create table hold (
    id         text        not null primary key,
    account    text        not null references account,
    amount     bigint      not null check (amount > 0),
    -- What of it was moved in the end.
    posted     bigint      not null default 0 check (posted between 0 and amount),
    state      text        not null default 'open' check (state in ('open', 'posted', 'voided', 'expired')),
    made_at    timestamptz not null,
    expires_at timestamptz not null,
    check ((state = 'posted') = (posted > 0))
) with (fillfactor = 70);

create index hold_open on hold (account) where state = 'open';

create function refuse_second_end() returns trigger language plpgsql as $$
begin
    if old.state <> 'open' then
        raise exception '% %: is % (expected: open)', tg_table_name, old.id, old.state
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger hold_ends_once before update on hold for each row execute function refuse_second_end();

-- What players allow themselves; of those in force the newest counts. The raise of a limit takes a day.
create table limit_rule (
    id           bigint      not null generated always as identity primary key,
    player       text        not null references player,
    currency     text        not null references currency,
    kind         text        not null check (kind in ('deposit', 'stake', 'loss')),
    period       text        not null check (period in ('day', 'week', 'month')),
    -- Null: none any more.
    amount       bigint      check (amount >= 0),
    lowers       boolean     not null,
    requested_at timestamptz not null,
    effective_at timestamptz not null,
    check (effective_at >= requested_at),
    check (lowers or effective_at >= requested_at + interval '24 hours'),
    check (amount is not null or not lowers)
);

create index limit_rule_of_player on limit_rule (player, currency, kind, period, id desc);

-- What an account's player did on a day (UTC): limits are checked against it.
create table activity (
    account   text   not null references account,
    day       date   not null,
    deposited bigint not null check (deposited >= 0),
    staked    bigint not null check (staked >= 0),
    won       bigint not null check (won >= 0),
    primary key (account, day)
) with (fillfactor = 40);

-- The audit's chain: each transaction adds a link, whose hash covers the one before, its transfers and its outcomes. Several
-- stripes, because whoever adds a link waits for the stripe's head.
create table chain_head (
    stripe smallint not null primary key,
    n      bigint   not null default 0,
    hash   bytea    not null default '\x0000000000000000000000000000000000000000000000000000000000000000'
) with (fillfactor = 10);

insert into chain_head (stripe) select generate_series(0, 3);

create table link (
    stripe    smallint    not null,
    n         bigint      not null,
    at        timestamptz not null,
    batch     uuid        not null,
    transfers int         not null,
    outcomes  int         not null,
    hash      bytea       not null check (length(hash) = 32),
    primary key (stripe, n)
);

-- What was published outside the database, kept here too for those who look from inside.
create table seal (
    n         bigint      not null primary key,
    at        timestamptz not null,
    content   text        not null,
    signature text        not null
);

do $$
declare
    append_only text;
begin
    foreach append_only in array array['currency', 'limit_rule', 'link', 'seal'] loop
        execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()',
            append_only || '_is_append_only', append_only);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
            append_only || '_is_never_truncated', append_only);
    end loop;
    foreach append_only in array array['player', 'account', 'hold', 'activity', 'chain_head'] loop
        execute format('create trigger %I before delete on %I for each row execute function refuse_change()',
            append_only || '_is_never_deleted', append_only);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
            append_only || '_is_never_truncated', append_only);
    end loop;
end
$$;

grant usage on schema ${flyway:defaultSchema} to ${flyway:defaultSchema};
grant usage on sequence transfer_id to ${flyway:defaultSchema};
grant execute on function make_partitions(timestamptz, int) to ${flyway:defaultSchema};
grant select, insert on currency, transfer, limit_rule, link, seal to ${flyway:defaultSchema};
grant select, insert, update on player, account, hold, activity to ${flyway:defaultSchema};
grant select, update on chain_head to ${flyway:defaultSchema};
