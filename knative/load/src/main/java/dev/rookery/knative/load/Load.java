package dev.rookery.knative.load;

import dev.rookery.knative.load.bench.Bench;
import dev.rookery.knative.load.drill.Drill;
import dev.rookery.knative.load.drive.Drive;
import dev.rookery.knative.load.platform.NoPlatformException;
import dev.rookery.knative.load.play.Play;
import dev.rookery.knative.load.training.Train;
import dev.rookery.knative.load.verify.Verify;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The program: what drives a running platform from outside.
@Command(
        name = "rookery",
        description = "Drives a running platform.",
        subcommands = {Play.class, Drive.class, Bench.class, Verify.class, Drill.class, Train.class})
public final class Load {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "shows this")
    @SuppressWarnings("UnusedVariable") // Its reader is the parser.
    private boolean isHelpAsked;

    private Load() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// Shows what a person can act on as one sentence; everything else is a defect and keeps its stack trace.
    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Load());
        var defects = commandLine.getExecutionExceptionHandler();
        return commandLine.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof NoPlatformException) {
                command.getErr().println(e.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            return defects.handleExecutionException(e, command, parsed);
        });
    }
}
