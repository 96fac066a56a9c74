package dev.rookery.knative.load.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class StepTest {

    private static final Path HOME = Path.of("..", "..");
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aStepMayGoOnWithTheRoundThatWasNamedLast() {
        var step = new Step(Step.Op.QUERY, "rounds.verify", JSON.readTree("{\"round\":\"(round)\"}"));

        assertThat(step.data("r-7")).isEqualTo(JSON.readTree("{\"round\":\"r-7\"}"));
    }

    /// What is not trained starts cold.
    @Test
    void theSessionsHaveEveryTypeOfEveryCatalog() throws IOException {
        var played = Step.sessions(HOME).stream()
                .flatMap(session -> session.stream().map(Step::type))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(played).isEqualTo(listed());
    }

    private static Set<String> listed() throws IOException {
        var types = new TreeSet<String>();
        try (var files = Files.walk(HOME.resolve("functions"), 7)) {
            var catalogs = files.filter(file -> file.toString().matches(".*/src/main/resources/catalog/[a-z]+\\.json"))
                    .toList();
            for (var catalog : catalogs) {
                JSON.readTree(Files.readString(catalog))
                        .get("types")
                        .valueStream()
                        .map(type -> type.get("type").stringValue())
                        .forEach(types::add);
            }
        }
        return types;
    }
}
