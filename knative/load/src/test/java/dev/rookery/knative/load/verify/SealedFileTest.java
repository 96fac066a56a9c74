package dev.rookery.knative.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFileTest {

    @TempDir
    Path folder;

    /// What is appended later is of a later moment than the audit's, and so is a line that is not ended.
    @Test
    void itEndsWhereItEndedWhenItWasOpened() throws IOException {
        var file = Files.writeString(folder.resolve("seals"), "one\ntwö\nth");
        try (var seals = SealedFile.open(file)) {
            Files.writeString(file, "ree\nfour\n", StandardOpenOption.APPEND);

            assertThat(seals).containsExactly("one", "twö");
        }
    }
}
