package dev.rookery.functions.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealFileTest {

    private static final SignedSeal ONE = new SignedSeal("{\"n\":1}", "a");
    private static final SignedSeal TWO = new SignedSeal("{\"n\":2}", "b");

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("seals");
    }

    @Test
    void eachSealIsALine() throws IOException {
        var seals = new SealFile(file);

        seals.accept(ONE);
        seals.accept(TWO);

        assertThat(Files.readString(file)).isEqualTo(ONE.line() + "\n" + TWO.line() + "\n");
    }

    @Test
    void halfALineIsEndedFirst() throws IOException {
        Files.writeString(file, ONE.line().substring(0, 10));

        new SealFile(file).accept(ONE);

        assertThat(Files.readAllLines(file)).containsExactly(ONE.line().substring(0, 10), ONE.line());
    }
}
