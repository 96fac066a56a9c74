package dev.rookery.knative.load.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OlderGlibcTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no library, but long enough to have a head, if it only were one: __isoc23_strtol GLIBC_2.38"
            })
    void whatIsNoLibraryStaysAsItIs(String content) throws Exception {
        var file = Files.writeString(folder.resolve("x.node"), content);

        OlderGlibc.adapt(file);

        assertThat(file).hasContent(content);
    }
}
