package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningPlatformTest {

    @TempDir
    Path home;

    @Test
    void aPlatformIsFoundByItsPort() {
        var platform = platform(ProcessHandle.current().pid(), Instant.now());

        platform.write(home);

        assertThat(RunningPlatform.find(home, 8080)).contains(platform);
        assertThat(RunningPlatform.find(home, 8082)).isEmpty();
    }

    @Test
    void playersAreToldOfEveryGateway() {
        var platform = platform(ProcessHandle.current().pid(), Instant.now());

        assertThat(platform.port()).isEqualTo(8080);
        assertThat(platform.url()).isEqualTo("http://127.0.0.1:8080");
        assertThat(platform.gateways()).containsExactly("http://127.0.0.1:8080", "http://127.0.0.1:8082");
    }

    @Test
    void onePidThatIsAnotherProcesssByNowIsNoPlatform() {
        platform(ProcessHandle.current().pid(), Instant.EPOCH).write(home);

        assertThat(RunningPlatform.find(home, 8080)).isEmpty();
    }

    @Test
    void onePidThatIsGoneIsNoPlatform() throws Exception {
        var ended = new ProcessBuilder("true").start();
        ended.waitFor();
        platform(ended.pid(), Instant.now()).write(home);

        assertThat(RunningPlatform.find(home, 8080)).isEmpty();
    }

    private RunningPlatform platform(long pid, Instant started) {
        return new RunningPlatform(
                pid,
                started,
                List.of(8080, 8082),
                home.resolve("data"),
                "http://127.0.0.1:1",
                "127.0.0.1:2",
                "redis://127.0.0.1:3",
                new RunningPlatform.Postgres("jdbc:postgresql://127.0.0.1:4/rookery", "postgres", home.resolve("p")),
                List.of(new RunningPlatform.Child("kafka", 5, 2, "", 0)));
    }
}
