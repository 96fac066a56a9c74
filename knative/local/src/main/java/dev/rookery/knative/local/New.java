package dev.rookery.knative.local;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Makes what is new.
@Command(
        name = "new",
        description = "Makes something new.",
        mixinStandardHelpOptions = true,
        subcommands = New.Function.class)
final class New {

    private New() {}

    /// `./rookery new function NAME`.
    @Command(
            name = "function",
            description = "Makes a function that builds, runs and answers, to be changed.",
            mixinStandardHelpOptions = true)
    static final class Function implements Callable<Integer> {

        @Parameters(paramLabel = "NAME", description = "2 to 31 of a-z and 0-9, a letter first")
        private String name = "";

        @Override
        public Integer call() {
            var out = System.out;
            new Scaffold(Rookery.home()).make(name).forEach(path -> out.println("  " + path));
            out.println("""
                    Next:
                      ./rookery up                       builds and starts it with the rest
                      ./rookery play p-7                 and there:
                        send {"op":"command","id":"c-1","type":"%1$s.score","data":{"points":3}}
                        send {"op":"query","id":"q-1","type":"%1$s.total","data":{}}
                      ./rookery deploy %1$s   after each change""".formatted(name));
            return 0;
        }
    }
}
