package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    private static final FileTime IN_AN_IMAGE = FileTime.from(Instant.ofEpochSecond(1));

    @TempDir
    private Path app;

    private Path library;
    private AotCache cache;

    @BeforeEach
    void build() throws IOException {
        library = Files.createDirectories(app.resolve("lib")).resolve("ledger.jar");
        Files.writeString(library, "ledger");
        cache = new AotCache(Files.writeString(app.resolve("wallet.jar"), "wallet"));
    }

    @Test
    void aJvmBeginsWithTheCacheBesideItsJar() throws IOException {
        write();

        assertThat(cache.reading()).containsExactly("-XX:AOTCache=" + app.resolve("wallet.aot"), "-XX:AOTMode=auto");
    }

    @Test
    void aJvmBeginsWithoutOneThatIsNotThere() {
        assertThat(cache.reading()).isEmpty();
    }

    @Test
    void aJvmBeginsWithoutOneThatIsOlderThanALibrary() throws IOException {
        write();
        Files.setLastModifiedTime(library, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(cache.reading()).isEmpty();
    }

    @Test
    void jarsHaveTheTimeThatTheyHaveInAnImage() throws IOException {
        cache.settle();

        assertThat(Files.getLastModifiedTime(cache.jar())).isEqualTo(IN_AN_IMAGE);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(IN_AN_IMAGE);
    }

    @Test
    void jarsThatWereBuiltAgainAndAreTheSameKeepTheirCache() throws IOException {
        write();
        Files.writeString(library, "ledger");

        assertThat(cache.settle()).isTrue();
        assertThat(cache.isFresh()).isTrue();
    }

    /// The JVM would take it: name, size and time are the same.
    @Test
    void aJarWithAnotherContentOfTheSameSizeLosesTheCache() throws IOException {
        write();
        Files.writeString(library, "LEDGER");

        assertThat(cache.settle()).isFalse();
        assertThat(cache.file()).doesNotExist();
    }

    @Test
    void aCacheThatNobodyRecordedIsNotKept() throws IOException {
        cache.settle();
        Files.writeString(cache.file(), "half of it");

        assertThat(cache.settle()).isFalse();
        assertThat(cache.file()).doesNotExist();
    }

    @Test
    void whatWasNotWrittenIsNotRecorded() {
        assertThat(cache.record()).isFalse();
        assertThat(cache.settle()).isFalse();
    }

    @Test
    void aFileThatIsNoJarIsRefused() {
        assertThatThrownBy(() -> new AotCache(Path.of("wallet"))).hasMessage("jar: wallet (expected: *.jar)");
    }

    private void write() throws IOException {
        cache.settle();
        Files.writeString(cache.file(), "classes");
        cache.record();
    }
}
