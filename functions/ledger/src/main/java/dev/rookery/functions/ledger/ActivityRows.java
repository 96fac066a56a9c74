package dev.rookery.functions.ledger;

import dev.rookery.functions.ledger.protection.Activity;
import dev.rookery.functions.ledger.protection.Activity.Sums;
import dev.rookery.functions.ledger.protection.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jooq.DSLContext;
import org.jooq.Record;

/// What players did on the days of the running month and week. Lives as long as one transaction.
final class ActivityRows {

    private static final String READ = """
            select done.account,
                   sum(deposited) filter (where day >= span.day_first) as day_deposited,
                   sum(staked) filter (where day >= span.day_first) as day_staked,
                   sum(won) filter (where day >= span.day_first) as day_won,
                   sum(deposited) filter (where day >= span.week_first) as week_deposited,
                   sum(staked) filter (where day >= span.week_first) as week_staked,
                   sum(won) filter (where day >= span.week_first) as week_won,
                   sum(deposited) filter (where day >= span.month_first) as month_deposited,
                   sum(staked) filter (where day >= span.month_first) as month_staked,
                   sum(won) filter (where day >= span.month_first) as month_won
            from (values (?::date, ?::date, ?::date)) as span (day_first, week_first, month_first)
            cross join activity as done
            where done.account = any (?) and done.day >= least(span.week_first, span.month_first)
            group by done.account""";

    private static final String ADD = """
            insert into activity (account, day, deposited, staked, won)
            select account, ?::date, deposited, staked, won
            from unnest(?, ?, ?, ?) as done (account, deposited, staked, won)
            order by account
            on conflict (account, day) do update
            set deposited = activity.deposited + excluded.deposited,
                staked = activity.staked + excluded.staked,
                won = activity.won + excluded.won""";

    private final DSLContext transaction;

    ActivityRows(DSLContext transaction) {
        this.transaction = transaction;
    }

    /// Accounts that have done nothing are left out.
    Map<AccountId, Activity> read(Collection<AccountId> accounts, Instant now) {
        var read = new LinkedHashMap<AccountId, Activity>();
        if (!accounts.isEmpty()) {
            var today = day(now);
            transaction
                    .fetch(
                            READ,
                            Period.DAY.first(today).toString(),
                            Period.WEEK.first(today).toString(),
                            Period.MONTH.first(today).toString(),
                            accounts.stream().map(AccountId::value).toArray(String[]::new))
                    .forEach(row -> read.put(
                            new AccountId(row.get("account", String.class)),
                            new Activity(sums(row, "day"), sums(row, "week"), sums(row, "month"))));
        }
        return read;
    }

    void add(Map<AccountId, Sums> done, Instant now) {
        if (!done.isEmpty()) {
            var sums = List.copyOf(done.values());
            transaction.execute(
                    ADD,
                    day(now).toString(),
                    done.keySet().stream().map(AccountId::value).toArray(String[]::new),
                    numbers(sums, Sums::deposited),
                    numbers(sums, Sums::staked),
                    numbers(sums, Sums::won));
        }
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static Sums sums(Record row, String period) {
        return new Sums(
                number(row, period + "_deposited"), number(row, period + "_staked"), number(row, period + "_won"));
    }

    /// The sum of no rows is null.
    private static long number(Record row, String column) {
        var number = row.get(column, Long.class);
        return number == null ? 0 : number;
    }

    private static Long[] numbers(List<Sums> sums, ToLongFunction<Sums> field) {
        return sums.stream().map(field::applyAsLong).toArray(Long[]::new);
    }
}
