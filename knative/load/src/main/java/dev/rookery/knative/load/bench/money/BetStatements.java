package dev.rookery.knative.load.bench.money;

/// The statements of the function's transaction for bets, to the letter: the inbox's, those of rounds and seeds,
/// and the ledger's. A test holds them to the originals.
final class BetStatements {

    static final String LOCK_PLAYERS = """
            select id, excluded_until, limited, session_began, seen, reality_checked,
                   reality_check_seconds, session_limit_seconds
            from player where id = any (?) order by id for no key update""";

    static final String LOOK = """
            select asked.source as asked_source, asked.id as asked_id, parked.number is not null as is_parked,
                   behind.id as behind, found.*
            from unnest(?, ?, ?) as asked (source, id, key)
            left join lateral (
                select source, id, fingerprint, type, ending, event_id, event, facts, pushes, room_changes,
                       session, sequence, position, batch
                from inbox
                where inbox.source = asked.source and inbox.id = asked.id) as found on true
            left join lateral (
                select number from failure
                where failure.parked and failure.source = asked.source and failure.id = asked.id) as parked on true
            left join lateral (
                select earlier.id from failure as earlier
                where earlier.parked and earlier.source = asked.source and earlier.key = asked.key
                  and (parked.number is null or earlier.number < parked.number)
                order by earlier.number limit 1) as behind on true""";

    static final String ROUNDS = """
            select id, player, currency, game, terms, stake, max_payout, seed, nonce, state, payout, opened_at, deadline,
                   ended_at, ended_by,
                   (select coalesce('[' || string_agg(move.move, ',' order by move.number) || ']', '[]')
                    from move where move.round = round.id) as moves
            from round""";

    static final String OPEN_ROUNDS = ROUNDS + " where player = any (?) and state = 'open'";

    static final String SEEDS = """
            select player, number, server_seed, client_seed, next_nonce, state
            from seed where player = any (?) and state in ('committed', 'used')""";

    static final String ACCOUNTS = """
            select account.id, account.balance, account.held, account.floor, account.version, null::bigint as transfer
            from unnest(?) as asked (id)
            cross join lateral (
                select id, balance, held, floor, version from account where account.id = asked.id) as account
            union all
            select null, null, null, null, null, nextval('transfer_id') from generate_series(1, ?)""";

    static final String RECORD = """
            with recorded as (
                insert into inbox (source, id, fingerprint, type, ending, event_id, event, facts, pushes, room_changes,
                                   session, sequence, position, batch)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                returning source, id)
            insert into unemitted (source, id, key)
            select recorded.source, recorded.id, asked.key
            from recorded join unnest(?, ?, ?) as asked (source, id, key) using (source, id)""";

    static final String SAVE_SEEDS = """
            insert into seed (player, number, server_seed, commitment, client_seed, next_nonce, state, changed_at)
            select player, number, server_seed, commitment, client_seed, next_nonce, state, ?::timestamptz
            from unnest(?, ?, ?, ?, ?, ?, ?) as changed (player, number, server_seed, commitment, client_seed, next_nonce,
                state)
            on conflict (player, number) do update set client_seed = excluded.client_seed,
                next_nonce = excluded.next_nonce, state = excluded.state, changed_at = excluded.changed_at""";

    static final String SAVE_ROUNDS = """
            insert into round (id, player, currency, game, terms, stake, max_payout, seed, nonce, state, payout, opened_at,
                               deadline, ended_at, ended_by)
            select id, player, currency, game, terms, stake, max_payout, seed, nonce, state, payout, opened_at::timestamptz,
                   deadline::timestamptz, ended_at::timestamptz, ended_by
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as changed (id, player, currency, game, terms, stake,
                max_payout, seed, nonce, state, payout, opened_at, deadline, ended_at, ended_by)
            on conflict (id) do update set state = excluded.state, payout = excluded.payout,
                ended_at = excluded.ended_at, ended_by = excluded.ended_by""";

    static final String SAVE_PLAYERS = """
            update player
            set excluded_until = changed.excluded_until::timestamptz, limited = changed.limited,
                session_began = changed.session_began::timestamptz, seen = changed.seen::timestamptz,
                reality_checked = changed.reality_checked::timestamptz,
                reality_check_seconds = changed.reality_check_seconds,
                session_limit_seconds = changed.session_limit_seconds
            from unnest(?, ?, ?, ?, ?, ?, ?, ?) as changed (id, excluded_until, limited, session_began, seen,
                reality_checked, reality_check_seconds, session_limit_seconds)
            where player.id = changed.id""";

    static final String SAVE_ACCOUNTS = """
            update account set balance = changed.balance, held = changed.held, version = changed.version
            from unnest(?, ?, ?, ?, ?, ?) as changed (id, balance, held, version, held_before, version_before)
            where account.id = changed.id
              and account.version = changed.version_before and account.held = changed.held_before""";

    static final String ADD_ACTIVITY = """
            insert into activity (account, day, deposited, staked, won)
            select account, ?::date, deposited, staked, won
            from unnest(?, ?, ?, ?) as done (account, deposited, staked, won)
            order by account
            on conflict (account, day) do update
            set deposited = activity.deposited + excluded.deposited,
                staked = activity.staked + excluded.staked,
                won = activity.won + excluded.won""";

    static final String LOCK_SHARED = """
            with pot as (
                select id, balance, held, floor, version from account where id = any (?) order by id for no key update),
            head as (select n, hash from chain_head where stripe = ? for no key update)
            select id, balance, held, floor, version, null::bigint as n, null::text as hash from pot
            union all
            select null, null, null, null, null, n, encode(hash, 'hex') from head""";

    static final String SAVE_SHARED = """
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

    private BetStatements() {}
}
