/// What bets cost, in one run: through the function's endpoint, end to end, and beside both what PostgreSQL does
/// at best with the same rows on the same data directory. Start with [MoneyBenchmark].
@NullMarked
package dev.rookery.knative.load.bench.money;

import org.jspecify.annotations.NullMarked;
