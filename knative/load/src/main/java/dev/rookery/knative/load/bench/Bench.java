package dev.rookery.knative.load.bench;

import picocli.CommandLine.Command;

/// `./rookery bench`: by itself it only tells which benchmarks there are.
@Command(
        name = "bench",
        description = "Measures a running platform.",
        subcommands = {Trip.class})
public final class Bench {}
