package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrilledClockTest {

    @TempDir
    Path folder;

    @Test
    void isTheSystemsUntilAFileMovesItAndGoesBackWithTheFile() throws Exception {
        var file = folder.resolve("wallet");
        var clock = new DrilledClock(file);

        assertThat(off(clock)).isZero();
        Files.writeString(file, "PT-90M");
        assertThat(off(clock)).isEqualTo(-90);
        Files.writeString(file, "PT48H");
        assertThat(off(clock)).isEqualTo(48 * 60);
        Files.delete(file);
        assertThat(off(clock)).isZero();
    }

    /// Whole minutes ahead of the system's.
    private static long off(DrilledClock clock) {
        var earlier = Instant.now();
        return Math.round(Duration.between(earlier, clock.instant()).toSeconds() / 60.0);
    }
}
