package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {

    @TempDir
    Path folder;

    private Path built;

    @BeforeEach
    void build() throws IOException {
        built = write("app/wallet.jar", "first");
        write("app/wallet.aot", "cache");
        write("app/lib/ledger-0.1.0-SNAPSHOT.jar", "first");
        write("app/lib/jooq-3.20.jar", "others");
    }

    @Test
    void aLaterBuildChangesNothingThatRuns() throws IOException {
        var copy = Images.in(folder.resolve("revisions")).take(built, "wallet-1");

        write("app/wallet.jar", "second");
        write("app/lib/ledger-0.1.0-SNAPSHOT.jar", "second");

        assertThat(copy).hasContent("first");
        assertThat(copy.resolveSibling("lib/ledger-0.1.0-SNAPSHOT.jar")).hasContent("first");
    }

    @Test
    void everyRevisionHasACopyOfItsOwn() throws IOException {
        var images = Images.in(folder.resolve("revisions"));
        var first = images.take(built, "wallet-1");
        write("app/wallet.jar", "second");

        var second = images.take(built, "wallet-2");

        assertThat(first).hasContent("first");
        assertThat(second).hasContent("second");
    }

    /// The AOT cache is good for jars of these times alone.
    @Test
    void theCopyHasTheTimesOfTheOriginal() throws IOException {
        var time = FileTime.from(Instant.ofEpochSecond(1));
        Files.setLastModifiedTime(built, time);

        var copy = Images.in(folder.resolve("revisions")).take(built, "wallet-1");

        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
    }

    @Test
    void whatNoBuildChangesTakesNoSpaceTwice() throws IOException {
        var copy = Images.in(folder.resolve("revisions")).take(built, "wallet-1");

        assertThat(Files.isSameFile(
                        copy.resolveSibling("lib/jooq-3.20.jar"), built.resolveSibling("lib/jooq-3.20.jar")))
                .isTrue();
        assertThat(Files.isSameFile(copy.resolveSibling("wallet.aot"), built.resolveSibling("wallet.aot")))
                .isTrue();
    }

    @Test
    void thoseOfAnEarlierPlatformAreForgotten() {
        var revisions = folder.resolve("revisions");
        Images.in(revisions).take(built, "wallet-7");

        Images.in(revisions);

        assertThat(revisions).isEmptyDirectory();
    }

    private Path write(String file, String content) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        return Files.writeString(path, content);
    }
}
