package dev.rookery.knative.local;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What `./rookery` runs to start, watch and end a platform. Exit codes: 0 done, 1 it failed, 2 the words are
/// wrong.
@Command(
        name = "rookery",
        description = "The platform on one machine.",
        subcommands = {
            Up.class,
            Status.class,
            Roll.class,
            Deploy.class,
            New.class,
            Down.class,
            Token.class,
            DeadLetterCommands.class
        })
public final class Rookery {

    private Rookery() {}

    public static void main(String[] arguments) {
        var line = new CommandLine(new Rookery()).setExecutionExceptionHandler((thrown, command, parsed) -> {
            command.getErr().println("rookery: " + thrown.getMessage());
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    /// Folder of the project: the launcher says it; without it, the working directory.
    static Path home() {
        var home = System.getenv("ROOKERY_HOME");
        return Path.of(home == null ? "" : home).toAbsolutePath().normalize();
    }
}
