package dev.rookery.knative.load.drill;

import picocli.CommandLine.Command;

/// `./rookery drill`: by itself it only tells which drills there are.
@Command(
        name = "drill",
        description = "Breaks a platform of its own under load, and looks whether everything is as it has to be.",
        subcommands = Money.class)
public final class Drill {}
