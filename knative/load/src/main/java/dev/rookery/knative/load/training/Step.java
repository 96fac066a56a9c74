package dev.rookery.knative.load.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Something a player asks in a training session.
///
/// @param data in which [#ROUND] stands for the round that was named last
record Step(Op op, String type, JsonNode data) {

    static final String ROUND = "(round)";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// The lanes that reach a function.
    enum Op {
        COMMAND,
        QUERY
    }

    /// The session of each function that has one, in the order of their names.
    ///
    /// @param home folder of the project
    static List<List<Step>> sessions(Path home) {
        var sessions = new ArrayList<List<Step>>();
        try (var functions = Files.list(home.resolve("functions"))) {
            for (var function : functions.sorted().toList()) {
                var file = function.resolve("src").resolve("training").resolve("session.json");
                if (Files.exists(file)) {
                    sessions.add(read(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("functions of " + home + " cannot be found", e);
        }
        return sessions;
    }

    static List<Step> read(Path file) {
        try {
            return JSON.readTree(Files.readString(file))
                    .valueStream()
                    .map(Step::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static Step of(JsonNode step) {
        var op = step.get("op").stringValue();
        return new Step(
                switch (op) {
                    case "command" -> Op.COMMAND;
                    case "query" -> Op.QUERY;
                    default -> throw new IllegalArgumentException("op: " + op + " (expected: command or query)");
                },
                step.get("type").stringValue(),
                step.get("data"));
    }

    JsonNode data(String round) {
        return JSON.readTree(data.toString().replace(ROUND, round));
    }
}
