package dev.rookery.knative.load.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a page of a README has its reader do: the lines of its code blocks, in order.
///
/// @param steps without comments
record Page(List<Step> steps) {

    private static final String FENCE = "```";
    private static final String TYPED = "> ";
    private static final String PROMISED = "← ";
    private static final String ANYTHING = "…";

    Page {
        steps = List.copyOf(steps);
    }

    sealed interface Step {

        /// A command of the shell.
        record Run(String command) implements Step {}

        /// Typed into the session that was started before.
        record Type(String line) implements Step {}

        /// What the session prints; `…` stands for anything.
        record Expect(Pattern line) implements Step {}
    }

    /// @param heading of the page, without its marks
    static Page read(Path readme, String heading) throws IOException {
        return parse(Files.readAllLines(readme), heading);
    }

    static Page parse(List<String> readme, String heading) {
        var steps = new ArrayList<Step>();
        boolean isMeant = false;
        boolean isCode = false;
        for (var line : readme) {
            if (line.startsWith(FENCE)) {
                isCode = !isCode;
            } else if (!isCode && line.startsWith("## ")) {
                isMeant = line.equals("## " + heading);
            } else if (isCode && isMeant && !line.isBlank()) {
                steps.add(step(line));
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("heading: " + heading + " has no code (expected: a page that has)");
        }
        return new Page(steps);
    }

    private static Step step(String line) {
        if (line.startsWith(TYPED)) {
            return new Step.Type(line.substring(TYPED.length()));
        }
        if (line.startsWith(PROMISED)) {
            return new Step.Expect(Pattern.compile(
                    Arrays.stream(line.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*"))));
        }
        return new Step.Run(line.replaceFirst(" +# .*", ""));
    }
}
