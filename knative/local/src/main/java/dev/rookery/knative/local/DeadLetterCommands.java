package dev.rookery.knative.local;

import dev.rookery.knative.local.letters.Filed;
import dev.rookery.knative.local.letters.LetterBox;
import dev.rookery.knative.local.letters.Outcomes;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// What an operator does with dead letters.
@Command(
        name = "dead-letters",
        description = "Lists, shows and replays what functions could not handle.",
        subcommands = {DeadLetterCommands.ListAll.class, DeadLetterCommands.Show.class, DeadLetterCommands.Replay.class
        },
        mixinStandardHelpOptions = true)
final class DeadLetterCommands {

    private static final JsonMapper JSON = JsonMapper.shared();

    private DeadLetterCommands() {}

    static LetterBox open(RunningPlatform platform) {
        var primary = platform.postgres().primary();
        return LetterBox.open(
                platform.kafka(),
                DataFolder.catalog(platform.data()),
                new Outcomes(primary.url(), primary.user(), primary.password()));
    }

    private static void printJson(Object value) {
        System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /// One line each, and its reason below.
    @Command(name = "list", description = "Tells which there are, oldest first.", mixinStandardHelpOptions = true)
    static final class ListAll implements Callable<Integer> {

        private static final int MAX_REASON_LENGTH = 160;

        @Mixin
        private PlayerPort port = new PlayerPort();

        @Option(names = "--json", description = "all of them whole, as JSON")
        private boolean json;

        @Override
        public Integer call() {
            var letters = open(port.running()).list();
            if (json) {
                printJson(letters);
                return 0;
            }
            if (letters.isEmpty()) {
                System.out.println("no dead letters");
            }
            letters.forEach(ListAll::print);
            return 0;
        }

        private static void print(Filed letter) {
            System.out.printf(
                    Locale.ROOT,
                    "%s  %s  %s%n  type %s, function %s, key %s, written %s, tries %d%n  %s%n",
                    letter.id(),
                    letter.source(),
                    letter.state(),
                    letter.type(),
                    orNone(letter.function()),
                    letter.key() == null ? "-" : letter.key(),
                    letter.when(),
                    letter.tries(),
                    shown(letter.reason()));
        }

        /// One line of it.
        private static String shown(String reason) {
            var line = reason.lines().findFirst().orElse("");
            return line.length() <= MAX_REASON_LENGTH ? line : line.substring(0, MAX_REASON_LENGTH) + "…";
        }
    }

    /// All that there is of one.
    @Command(name = "show", description = "Prints one whole.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin
        private PlayerPort port = new PlayerPort();

        @Option(names = "--json", description = "as JSON")
        private boolean json;

        @Parameters(paramLabel = "ID", description = "of the event; PLAYER/ID when several have it")
        private String id = "";

        @Override
        public Integer call() {
            var letter = open(port.running()).show(id);
            if (json) {
                printJson(letter);
                return 0;
            }
            var out = System.out;
            out.println("id        " + letter.id());
            out.println("source    " + letter.source());
            out.println("type      " + letter.type());
            out.println("function  " + orNone(letter.function()));
            out.println("key       " + (letter.key() == null ? "-" : letter.key()));
            out.println("written   " + letter.when());
            out.println("state     " + letter.state());
            out.println("tries     " + letter.tries());
            out.println("status    " + orNone(letter.status()));
            out.println("reason    " + letter.reason());
            out.println("headers");
            letter.headers().forEach((name, value) -> out.println("  " + name + ": " + value));
            out.println("data");
            out.println(letter.data());
            return 0;
        }
    }

    /// Each of them, or none when one of them cannot be.
    @Command(
            name = "replay",
            description = "Gives commands to their functions again, once what was wrong is mended.",
            mixinStandardHelpOptions = true)
    static final class Replay implements Callable<Integer> {

        @Mixin
        private PlayerPort port = new PlayerPort();

        @Parameters(paramLabel = "ID", arity = "1..*", description = "of the event; PLAYER/ID when several have it")
        private List<String> ids = List.of();

        @Override
        public Integer call() {
            var box = open(port.running());
            // A mistake among them is told before any is sent.
            ids.forEach(box::show);
            for (var id : ids) {
                System.out.println(id + ": is given again as " + box.replay(id));
            }
            return 0;
        }
    }
}
