package dev.rookery.knative.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The round that the games' README checks by hand.
class VerifyRoundTest {

    private static final String PROOF = """
            {"serverSeed":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
             "commitment":"630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd",
             "clientSeed":"lucky","nonce":7,"round":"r-1","game":"dice",
             "terms":{"direction":"over","target":5000},"stake":100,"moves":[],"payout":198}""";

    @TempDir
    Path folder;

    private final StringWriter told = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void aRoundThatWasPlayedAndPaidIsGenuine() throws IOException {
        assertThat(verify(PROOF)).isZero();

        assertThat(told.toString()).startsWith("genuine: dice round r-1, stake 100, payout 198");
        assertThat(errors.toString()).isEmpty();
    }

    @Test
    void soIsOneAsThePlayerIsAnswered() throws IOException {
        assertThat(verify("{\"proof\":" + PROOF + ",\"verdict\":\"genuine\"}")).isZero();
        assertThat(verify("{\"outcome\":\"done\",\"data\":{\"proof\":" + PROOF + "}}"))
                .isZero();
    }

    @Test
    void eachMisfitOfAForgedOneIsTold() throws IOException {
        var forged = PROOF.replace("\"payout\":198", "\"payout\":0").replace("630dcd29", "630dcd28");

        assertThat(verify(forged)).isEqualTo(1);

        assertThat(told.toString())
                .startsWith("forged: dice round r-1")
                .contains("payout: 0 (expected: 198)")
                .contains("commitment: 630dcd28");
    }

    @Test
    void standardInputIsReadToo() {
        var in = System.in;
        try {
            System.setIn(new ByteArrayInputStream(PROOF.getBytes(StandardCharsets.UTF_8)));

            assertThat(run("-")).isZero();
        } finally {
            System.setIn(in);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "nonsense ~ is no proof of a round",
                "[] ~ no serverSeed, commitment, clientSeed, nonce, round, game, terms, stake, moves, payout (expected",
                "{\"game\":\"dice\"} ~ no serverSeed, commitment, clientSeed, nonce, round, terms, stake, moves, payout",
            })
    void whatIsNoProofIsRefused(String content, String refusal) throws IOException {
        assertThat(verify(content)).isEqualTo(1);

        assertThat(errors.toString()).contains(refusal);
        assertThat(told.toString()).isEmpty();
    }

    @Test
    void aGameThatNobodyKnowsIsRefused() throws IOException {
        assertThat(verify(PROOF.replace("\"dice\"", "\"roulette\""))).isEqualTo(1);

        assertThat(errors.toString()).contains("game: roulette is not known (expected: dice or mines)");
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        assertThat(run(folder.resolve("none").toString())).isEqualTo(1);

        assertThat(errors.toString()).contains("no such file (expected: a round's proof)");
    }

    private int verify(String content) throws IOException {
        return run(Files.writeString(folder.resolve("proof"), content).toString());
    }

    private int run(String file) {
        return new CommandLine(new VerifyRound())
                .setOut(new PrintWriter(told, true))
                .setErr(new PrintWriter(errors, true))
                .execute(file);
    }
}
