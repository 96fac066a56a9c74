-- What draws come from. The house's next seed is committed to before the player says what is added to it; used, it counts the
-- rounds that are drawn from it without a gap; given up for the next, it is shown.
create table seed (
    player      text        not null,
    number      bigint      not null,
    server_seed text        not null check (server_seed ~ '^[0-9a-f]{64}$'),
    commitment  text        not null check (commitment ~ '^[0-9a-f]{64}$'),
    client_seed text        check (client_seed ~ '^[ -9;-~]{1,64}$'),
    next_nonce  bigint      not null default 0 check (next_nonce >= 0),
    state       text        not null check (state in ('committed', 'used', 'shown')),
    changed_at  timestamptz not null,
    primary key (player, number),
    check ((state = 'committed') = (client_seed is null)),
    check (state <> 'committed' or next_nonce = 0)
) with (fillfactor = 70);

create unique index seed_committed on seed (player) where state = 'committed';
create unique index seed_used on seed (player) where state = 'used';

create function refuse_other_seed() returns trigger language plpgsql as $$
begin
    if (new.player, new.number, new.server_seed, new.commitment) is distinct from
       (old.player, old.number, old.server_seed, old.commitment)
       or old.client_seed is not null and new.client_seed is distinct from old.client_seed
       or new.next_nonce < old.next_nonce
       or array_position(array['committed', 'used', 'shown'], new.state)
          < array_position(array['committed', 'used', 'shown'], old.state) then
        raise exception 'seed: % of % never changes but forward', old.number, old.player
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger seed_goes_forward before update on seed for each row execute function refuse_other_seed();

-- A round: what was bet, and how it ended. Where an open one stands is played again from its moves.
create table round (
    id         text        not null primary key,
    player     text        not null,
    currency   text        not null,
    game       text        not null,
    terms      text        not null,
    stake      bigint      not null check (stake > 0),
    max_payout bigint      not null check (max_payout >= 0),
    seed       bigint      not null,
    nonce      bigint      not null,
    state      text        not null check (state in ('open', 'settled', 'void')),
    payout     bigint      check (payout between 0 and max_payout),
    opened_at  timestamptz not null,
    -- From when on it is ended for the player, by the better of stake and winnings.
    deadline   timestamptz not null,
    ended_at   timestamptz,
    ended_by   text        check (ended_by in ('player', 'deadline')),
    foreign key (player, seed) references seed (player, number),
    unique (player, seed, nonce),
    check ((state = 'open') = (ended_at is null) and (state = 'open') = (ended_by is null)),
    check ((state = 'settled') = (payout is not null))
) with (fillfactor = 70);

create unique index round_open on round (player, game) where state = 'open';
create index round_due on round (deadline) where state = 'open';
create index round_of_player on round (player, opened_at desc, id desc);

create function refuse_second_end() returns trigger language plpgsql as $$
begin
    if old.state <> 'open' then
        raise exception 'round: % is % (expected: open)', old.id, old.state using errcode = 'restrict_violation';
    end if;
    if (new.id, new.player, new.currency, new.game, new.terms, new.stake, new.max_payout, new.seed, new.nonce, new.opened_at)
       is distinct from
       (old.id, old.player, old.currency, old.game, old.terms, old.stake, old.max_payout, old.seed, old.nonce, old.opened_at) then
        raise exception 'round: % was bet as it was', old.id using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger round_ends_once before update on round for each row execute function refuse_second_end();

-- What the player did in the round, in that order.
create table move (
    round  text        not null references round,
    number int         not null check (number >= 0),
    move   text        not null,
    at     timestamptz not null,
    primary key (round, number)
);

do $$
declare
    kept text;
begin
    foreach kept in array array['seed', 'round', 'move'] loop
        execute format('create trigger %I before delete on %I for each row execute function refuse_change()',
            kept || '_is_never_deleted', kept);
        execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()',
            kept || '_is_never_truncated', kept);
    end loop;
end
$$;
create trigger move_is_never_changed before update on move for each row execute function refuse_change();

grant select, insert, update on seed, round to ${flyway:defaultSchema};
grant select, insert on move to ${flyway:defaultSchema};
