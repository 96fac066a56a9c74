package dev.rookery.knative.load.bench;

import dev.rookery.knative.load.bench.cold.Cold;
import dev.rookery.knative.load.bench.gateway.Gateway;
import dev.rookery.knative.load.bench.money.Money;
import picocli.CommandLine.Command;

/// `./rookery bench`: by itself it only tells which benchmarks there are.
@Command(
        name = "bench",
        description = "Measures a running platform.",
        subcommands = {Trip.class, Gateway.class, Money.class, Cold.class, Burst.class, Deploy.class, Isolation.class})
public final class Bench {}
