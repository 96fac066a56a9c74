package dev.rookery.knative.load.bench.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// A ceiling is one only as long as it does what the function does.
class BetStatementsTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final List<String> ORIGINALS = List.of(
            "eventing/delivery/src/main/java/dev/rookery/eventing/delivery/inbox",
            "functions/ledger/src/main/java/dev/rookery/functions/ledger",
            "functions/rounds/src/main/java/dev/rookery/functions/rounds");

    static final List<String> STATEMENTS = List.of(
            BetStatements.LOCK_PLAYERS,
            BetStatements.LOOK,
            BetStatements.ROUNDS,
            BetStatements.OPEN_ROUNDS.substring(BetStatements.ROUNDS.length()),
            BetStatements.SEEDS,
            BetStatements.ACCOUNTS,
            BetStatements.RECORD,
            BetStatements.SAVE_SEEDS,
            BetStatements.SAVE_ROUNDS,
            BetStatements.SAVE_PLAYERS,
            BetStatements.SAVE_ACCOUNTS,
            BetStatements.ADD_ACTIVITY,
            BetStatements.LOCK_SHARED,
            BetStatements.SAVE_SHARED);

    @ParameterizedTest
    @FieldSource("STATEMENTS")
    void everyStatementIsOneOfTheFunctions(String statement) {
        assertThat(originals()).contains(onOneLine(statement));
    }

    private static String originals() {
        return ORIGINALS.stream().map(BetStatementsTest::sources).collect(Collectors.joining(" "));
    }

    private static String sources(String folder) {
        try (var files = Files.list(ROOT.resolve(folder))) {
            var texts = new StringBuilder();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.append(onOneLine(Files.readString(file))).append(' ');
            }
            return texts.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
