package dev.rookery.eventing.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CatalogFolderTest {

    private static final String MOVE = """
            {"function": "match", "types": [
              {"type": "match.move", "lane": "command", "key": "/match", "maxDataBytes": 512, "perSecond": 20,
               "schema": {"type": "object", "properties": {"match": {"type": "string"}, "to": {"type": "integer", "maximum": 63}},
                          "required": ["match", "to"]}}]}
            """;

    private static final String SIGNIFICANT =
            "[{\"type\": \"match.voided\", \"schema\": {\"type\": \"object\", \"required\": [\"match\"]}}]";

    @TempDir
    Path folder;

    @Test
    void readsATypeWithEveryField() throws IOException {
        write("match.json", MOVE);

        var entry = CatalogFolder.read(folder).find(new EventType("match.move")).orElseThrow();

        assertThat(entry.lane()).isEqualTo(Lane.COMMAND);
        assertThat(entry.key()).isEqualTo(new Catalog.KeyRule.Pointer("/match"));
        assertThat(entry.maxDataBytes()).isEqualTo(512);
        assertThat(entry.perSecond()).isEqualTo(20);
        assertThat(entry.topic()).isEqualTo("rookery.match.commands");
    }

    @Test
    void namesThePlaceThatDoesNotFitTheSchema() throws IOException {
        write("match.json", MOVE);
        var entry = CatalogFolder.read(folder).find(new EventType("match.move")).orElseThrow();

        var complaint = DataSchema.of(entry).check(JsonMapper.shared().readTree("{\"match\":\"m-1\",\"to\":64}"));

        assertThat(complaint).hasValueSatisfying(found -> {
            assertThat(found.pointer()).isEqualTo("/to");
            assertThat(found.message()).contains("63");
        });
    }

    @Test
    void refusesAFieldItDoesNotKnow() throws IOException {
        write("match.json", MOVE.replace("\"perSecond\"", "\"perMinute\": 1, \"perSecond\""));

        assertThatThrownBy(() -> CatalogFolder.read(folder))
                .hasMessageStartingWith("match.json: ")
                .hasMessageContaining("perMinute");
    }

    @Test
    void refusesAFieldThatIsMissing() throws IOException {
        write("match.json", MOVE.replace("\"perSecond\": 20,", ""));

        assertThatThrownBy(() -> CatalogFolder.read(folder)).hasMessageContaining("perSecond");
    }

    @Test
    void refusesATypeOfAnotherFunction() throws IOException {
        write("match.json", MOVE.replace("match.move", "wallet.move"));

        assertThatThrownBy(() -> CatalogFolder.read(folder))
                .hasMessage("match.json: type: wallet.move (expected: one of match)");
    }

    @Test
    void refusesASchemaThatIsNone() throws IOException {
        write("match.json", MOVE.replace("\"type\": \"integer\"", "\"type\": \"whole\""));

        assertThatThrownBy(() -> CatalogFolder.read(folder)).hasMessageContaining("schema of match.move");
    }

    @Test
    void refusesAnUnknownLane() throws IOException {
        write("match.json", MOVE.replace("\"command\"", "\"shout\""));

        assertThatThrownBy(() -> CatalogFolder.read(folder))
                .hasMessage("match.json: lane: shout (expected: command, query or cast)");
    }

    @Test
    void readsTheFactsThatARegulatorAsksFor() throws IOException {
        write("match.json", withSignificant(SIGNIFICANT));

        var significant = CatalogFolder.read(folder).significant().values();

        assertThat(significant).singleElement().satisfies(fact -> {
            assertThat(fact.type()).isEqualTo(new EventType("match.voided"));
            assertThat(DataSchema.of(fact).check(JsonMapper.shared().readTree("{}")))
                    .isPresent();
        });
    }

    @Test
    void refusesAFactOfAnotherFunction() throws IOException {
        write("match.json", withSignificant(SIGNIFICANT.replace("match.voided", "wallet.voided")));

        assertThatThrownBy(() -> CatalogFolder.read(folder))
                .hasMessage("match.json: type: wallet.voided (expected: one of match)");
    }

    @Test
    void refusesAFactWhoseSchemaIsNone() throws IOException {
        write("match.json", withSignificant(SIGNIFICANT.replace("\"object\"", "\"thing\"")));

        assertThatThrownBy(() -> CatalogFolder.read(folder)).hasMessageContaining("schema of match.voided");
    }

    @Test
    void readsWhatACommandTellsAndWhatItsFileSharesForThat() throws IOException {
        write("match.json", withDone("{\"match.moved\": {\"$ref\": \"#/$defs/board\"}}"));

        var told = CatalogFolder.told(folder);

        assertThat(CatalogFolder.read(folder).entries()).hasSize(1);
        assertThat(told).hasEntrySatisfying(new EventType("match.moved"), moved -> {
            assertThat(moved.check(JsonMapper.shared().readTree("{\"tiles\":64}")))
                    .isEmpty();
            assertThat(moved.check(JsonMapper.shared().readTree("{}"))).isPresent();
        });
    }

    @Test
    void refusesAnAnswerOfACommand() throws IOException {
        write("match.json", MOVE.replace("\"perSecond\"", "\"answer\": {}, \"perSecond\""));

        assertThatThrownBy(() -> CatalogFolder.told(folder)).hasMessage("answer: of match.move (expected: of a query)");
    }

    @Test
    void refusesWhatIsDoneByAQuery() throws IOException {
        write("match.json", withDone("{\"match.moved\": {}}").replace("\"command\"", "\"query\""));

        assertThatThrownBy(() -> CatalogFolder.told(folder)).hasMessage("done: of match.move (expected: of a command)");
    }

    @Test
    void refusesAnEventThatIsToldInTwoWays() throws IOException {
        write("match.json", withDone("{\"match.moved\": {}}"));
        write("other.json", withDone("{\"match.moved\": {\"type\": \"object\"}}"));

        assertThatThrownBy(() -> CatalogFolder.told(folder))
                .hasMessage("type: match.moved is told in two ways (expected: one)");
    }

    @Test
    void refusesATypeListedTwice() throws IOException {
        write("match.json", MOVE);
        write("other.json", MOVE);

        assertThatThrownBy(() -> CatalogFolder.read(folder))
                .hasMessage("type: match.move is listed twice (expected: once)");
    }

    @Test
    void refusesAnEmptyFolder() {
        assertThatThrownBy(() -> CatalogFolder.read(folder)).hasMessageContaining("lists no type");
    }

    private static String withSignificant(String facts) {
        return MOVE.replace("\"types\"", "\"significant\": " + facts + ", \"types\"");
    }

    private static String withDone(String done) {
        var shared = "\"$defs\": {\"board\": {\"type\": \"object\", \"required\": [\"tiles\"]}}";
        return MOVE.replace("\"perSecond\"", "\"done\": " + done + ", \"perSecond\"")
                .replace("\"types\"", shared + ", \"types\"");
    }

    private void write(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name), json);
    }
}
