package dev.rookery.functions.ledger.audit;

import dev.rookery.functions.ledger.audit.Examination.NotExamined;
import java.util.ArrayList;
import java.util.List;

/// What has to be so in every ledger, I1 to I15, as questions to the database. Those that no database can answer
/// are named as well.
///
/// @param schemas beside the ledger's
record Invariants(Schemas schemas) {

    private static final String ACCOUNTS = "select count(*) from ledger.account";
    private static final String TRANSFERS = "select count(*) from ledger.transfer";
    private static final String HOLDS = "select count(*) from ledger.hold";
    private static final String LIMITS = "select count(*) from ledger.limit_rule";
    private static final String ROUNDS = "select count(*) from rounds.round";

    /// Each transfer once for either account.
    private static final String MOVED = """
            with moved as (
                select id, credit as account, amount as delta, credit_after as after, credit_version as version
                from ledger.transfer
                union all
                select id, debit, -amount, debit_after, debit_version from ledger.transfer)
            """;

    List<Check> checks() {
        var checks = new ArrayList<Check>(List.of(
                total(),
                balances(),
                floors(),
                effects(),
                pots(),
                versions(),
                held(),
                new ChainCheck(schemas),
                covered(),
                heads(),
                exclusions(),
                limits(),
                raises()));
        if (schemas.hasRounds()) {
            checks.addAll(List.of(ends(), payouts(), deadlines()));
        }
        return checks;
    }

    List<NotExamined> unseen() {
        var unseen = new ArrayList<>(List.of(
                new NotExamined(
                        "I5",
                        "the same reply for the same command id",
                        "the database has one reply for each; what was sent is with the player"),
                new NotExamined(
                        "I10",
                        "every committed outcome reaches the player at least once",
                        "what reached the player is not in the database"),
                new NotExamined(
                        "I12 stakes",
                        "no stake goes over a limit",
                        "stakes count from their promise on and come back when it is void: the limit is checked at the"
                                + " bet alone"),
                new NotExamined(
                        "I14",
                        "every reply that was acknowledged is durable",
                        "what was acknowledged is known outside; that what was sealed is still there is I11")));
        if (!schemas.hasRounds()) {
            unseen.add(new NotExamined("I6", "a round ends once at most", "there is no table rounds.round"));
            unseen.add(new NotExamined(
                    "I7 rounds", "no round pays more than was reserved for it", "there is no table rounds.round"));
            unseen.add(
                    new NotExamined("I15", "no round stays open past its deadline", "there is no table rounds.round"));
        }
        return unseen;
    }

    private static Check total() {
        return new TableCheck("I1", "the balances of a currency sum up to 0", ACCOUNTS, """
                select 'currency ' || currency, 'balances sum up to ' || sum(balance), '0'
                from ledger.account group by currency having sum(balance) <> 0 order by currency""");
    }

    private static Check balances() {
        return new TableCheck(
                "I2", "a balance is the sum of the account's transfers, after each of them", ACCOUNTS, MOVED + """
                select 'account ' || account.id, 'balance: ' || account.balance,
                       coalesce(sums.total, 0) || ', the sum of its transfers'
                from ledger.account
                left join (select account, sum(delta) as total from moved group by account) as sums
                    on sums.account = account.id
                where account.balance <> coalesce(sums.total, 0)
                union all
                select 'transfer ' || id, 'leaves ' || account || ' with ' || after, (before + delta)::text
                from (select *, coalesce(lag(after) over (partition by account order by version, id), 0) as before
                      from moved) as step
                where after <> before + delta""");
    }

    private static Check floors() {
        return new TableCheck("I3", "no account has less than what it holds and its floor", ACCOUNTS, """
                select 'account ' || id, 'balance: ' || balance || ', held: ' || held,
                       'a difference of at least ' || floor || ', and nothing held below 0'
                from ledger.account where held < 0 or balance - held < floor order by id""");
    }

    /// A command's id is its function's own: two functions may know the same one, so the transaction tells which
    /// is meant.
    private Check effects() {
        return new TableCheck(
                "I4", "money moves for a command of its own transaction that was done", TRANSFERS, """
                select 'transfer ' || transfer.id,
                       'command ' || command_source || ' ' || command_id || ' was not done in the transaction '
                           || transfer.batch,
                       'an outcome there'
                from ledger.transfer
                where not exists (
                    select from %s
                    where outcome.batch = transfer.batch and outcome.source = transfer.command_source
                      and outcome.id = transfer.command_id and outcome.ending = 'done')
                order by transfer.id""".formatted(
                                schemas.outcomes()));
    }

    private static Check ends() {
        return new TableCheck("I6", "a round pays once, when it is settled, what it says", ROUNDS, """
                select 'round ' || round.id, 'is ' || round.state || ', and was paid ' || coalesce(paid.amount, 0),
                       case round.state when 'settled' then coalesce(round.payout, 0) else 0 end::text
                from rounds.round
                left join (select round, credit, sum(amount) as amount from ledger.transfer
                           where code = 'payout' group by round, credit) as paid
                    on paid.round = round.id and paid.credit = 'player/' || round.player || '/' || round.currency
                where coalesce(paid.amount, 0)
                    <> case round.state when 'settled' then coalesce(round.payout, 0) else 0 end
                order by round.id""");
    }

    private static Check pots() {
        return new TableCheck("I7", "nothing is paid that a pot does not have", TRANSFERS, """
                select 'transfer ' || transfer.id, 'leaves ' || debit || ' with ' || debit_after, 'at least ' || floor
                from ledger.transfer join ledger.account on account.id = transfer.debit
                where debit_after < floor order by transfer.id""");
    }

    private static Check payouts() {
        return new TableCheck("I7 rounds", "no round pays more than was reserved for it", ROUNDS, """
                select 'round ' || id, 'payout: ' || payout, 'at most ' || max_payout
                from rounds.round where payout > max_payout order by id""");
    }

    private static Check versions() {
        return new TableCheck("I8", "an account's transfers count 1, 2, 3 … to its version", TRANSFERS, MOVED + """
                select 'transfer ' || id, 'is number ' || version || ' of ' || account, (before + 1)::text
                from (select *, coalesce(lag(version) over (partition by account order by version, id), 0) as before
                      from moved) as step
                where version <> before + 1
                union all
                select 'account ' || account.id, 'version: ' || account.version,
                       coalesce(newest.version, 0) || ', of its newest transfer'
                from ledger.account
                left join (select account, max(version) as version from moved group by account) as newest
                    on newest.account = account.id
                where account.version <> coalesce(newest.version, 0)""");
    }

    private static Check held() {
        return new TableCheck("I9", "what an account holds is the sum of its open holds", HOLDS, """
                select 'account ' || account.id, 'held: ' || account.held,
                       coalesce(promised.amount, 0) || ', the sum of its open holds'
                from ledger.account
                left join (select account, sum(amount) as amount from ledger.hold where state = 'open'
                           group by account) as promised
                    on promised.account = account.id
                where account.held <> coalesce(promised.amount, 0) order by account.id""");
    }

    /// Hashes cover rows that a link names; these are the others, and what of a row the hash leaves to the link.
    private Check covered() {
        return new TableCheck(
                "I11 covered",
                "every transfer and every outcome of a transaction is in the chain",
                TRANSFERS,
                """
                select 'transfer ' || id, 'no link is of its transaction ' || batch || ' and moment ' || at, 'one'
                from ledger.transfer
                where not exists (
                    select from ledger.link where link.batch = transfer.batch and link.at = transfer.at)
                union all
                select 'transfer ' || id, 'is in ' || currency, 'the currency of its accounts'
                from ledger.transfer where debit not like '%%/' || currency or credit not like '%%/' || currency
                union all
                select 'outcome ' || source || ' ' || id, 'no link is of its transaction ' || batch, 'one'
                from %s
                where not exists (select from ledger.link where link.batch = outcome.batch)
                union all
                select 'link ' || min(stripe || '/' || n), 'is of the same transaction as link ' || max(stripe || '/' || n),
                       'one link for each'
                from ledger.link group by batch having count(*) > 1""".formatted(schemas.outcomes()));
    }

    private static Check heads() {
        return new TableCheck(
                "I11 heads", "a stripe's head is its newest link", "select count(*) from ledger.chain_head", """
                select 'head of stripe ' || stripe, 'link ' || coalesce(head.n, 0) || ' with the hash '
                           || encode(coalesce(head.hash, ''), 'hex'),
                       'link ' || coalesce(newest.n, 0) || ' with the hash '
                           || encode(coalesce(newest.hash, decode(repeat('00', 32), 'hex')), 'hex')
                from ledger.chain_head as head
                full join (select distinct on (stripe) stripe, n, hash from ledger.link
                           order by stripe, n desc) as newest using (stripe)
                where head.n is distinct from coalesce(newest.n, 0)
                   or head.hash is distinct from coalesce(newest.hash, decode(repeat('00', 32), 'hex'))
                order by stripe""");
    }

    /// When an exclusion began is in its outcome. A stake that was promised before it may be taken after it.
    private Check exclusions() {
        return new TableCheck("I12", "no deposit and no bet while the player is excluded", TRANSFERS, """
                with told as (
                    select substr(source, length('/players/') + 1) as player, batch,
                           case when event is json object then event::jsonb -> 'data' ->> 'until' end as until
                    from %s where type = 'wallet.exclude' and ending = 'done'),
                exclusion as (
                    select player, link.at as since,
                           case when pg_input_is_valid(until, 'timestamptz') then until::timestamptz end as until
                    from told join ledger.link using (batch))
                select distinct 'transfer ' || transfer.id,
                       'a ' || code || ' at ' || transfer.at || ' by ' || player,
                       'none from ' || since || ' to ' || until
                from ledger.transfer
                join ledger.account on account.owner is not null
                     and account.id = case code when 'deposit' then credit when 'stake' then debit end
                join exclusion on exclusion.player = account.owner
                where transfer.at > since and transfer.at < until
                  and not (code = 'stake' and exists (
                      select from ledger.hold
                      where hold.account = account.id and hold.state = 'posted' and hold.made_at <= since
                        and hold.posted = transfer.amount))""".formatted(
                        schemas.outcomes()));
    }

    /// Sums are computed from the transfers and not taken from the table that the ledger itself asks.
    private static Check limits() {
        return new TableCheck("I12 deposits", "no deposit goes over a limit of the player's", TRANSFERS, """
                select 'transfer ' || deposit.id, 'deposits of the ' || deposit.period || ' with it: ' || deposit.total,
                       'at most ' || rule.amount
                from (
                    select transfer.id, transfer.at, owner, account.currency, period,
                           sum(amount) over (partition by credit, period, date_trunc(period, transfer.at, 'UTC')
                                             order by credit_version) as total
                    from ledger.transfer
                    join ledger.account on account.id = transfer.credit
                    cross join (values ('day'), ('week'), ('month')) as span (period)
                    where code = 'deposit'
                      and owner in (select player from ledger.limit_rule where kind = 'deposit')) as deposit
                cross join lateral (
                    select amount from ledger.limit_rule
                    where player = deposit.owner and limit_rule.currency = deposit.currency and kind = 'deposit'
                      and limit_rule.period = deposit.period and effective_at < deposit.at
                    order by limit_rule.id desc limit 1) as rule
                where deposit.total > rule.amount""");
    }

    /// Whether a rule lowers is computed again from those before it.
    private static Check raises() {
        return new TableCheck("I13", "no limit is raised before 24 hours are over", LIMITS, """
                select 'limit ' || rule.id,
                       'allows ' || coalesce(rule.amount::text, 'everything') || ' after ' || former.amount || ' from '
                           || rule.effective_at || ' on',
                       'not before ' || rule.requested_at + interval '24 hours'
                from ledger.limit_rule as rule
                cross join lateral (
                    select amount from ledger.limit_rule as before
                    where before.player = rule.player and before.currency = rule.currency
                      and before.kind = rule.kind and before.period = rule.period
                      and before.id < rule.id and before.effective_at <= rule.requested_at
                    order by before.id desc limit 1) as former
                where former.amount is not null and (rule.amount is null or rule.amount > former.amount)
                  and rule.effective_at < rule.requested_at + interval '24 hours'
                order by rule.id""");
    }

    /// The timer that ends them at zero comes every ten minutes (`knative/base/rounds.yaml`).
    private static Check deadlines() {
        return new TableCheck("I15", "no round stays open a quarter of an hour past its deadline", ROUNDS, """
                select 'round ' || id, 'is open', 'an end by ' || deadline
                from rounds.round where state = 'open' and deadline < now() - interval '15 minutes' order by id""");
    }
}
