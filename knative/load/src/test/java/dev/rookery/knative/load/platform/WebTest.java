package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pages of players and of operators in a browser, served by a whole platform. Pictures of them are in
/// `gateway/client/web/target/screenshots`.
class WebTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private static final Path WEB = Launched.ROOT.resolve("gateway/client/web");
    private static final List<Path> CHROMIUM =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final long BOUND_MINUTES = 8;

    @BeforeAll
    static void whereThereIsABrowser() {
        assumeTrue(
                Files.isRegularFile(WEB.resolve("target/web/rookery-web/files.txt")),
                "skipped: gateway/client/web was built without Node");
        assumeTrue(
                CHROMIUM.stream().anyMatch(Files::isExecutable),
                "skipped: none of " + CHROMIUM + " (on Debian: apt-get install chromium)");
    }

    @Test
    void aPersonPlaysInABrowser() throws Exception {
        journey(
                "journey.test.mjs",
                Map.of(
                        "ROOKERY_URL",
                        rookery.platform().url(),
                        "ROOKERY_GATEWAY_PID",
                        Long.toString(rookery.launched().pid("gateway"))));
    }

    /// Functions go to zero and come back meanwhile, so it is on a platform of its own.
    @Test
    void anOperatorSeesItInABrowser() throws Exception {
        try (var own = Launched.up(Map.of(), "--ephemeral", "--overlay", Launched.overlay("eager"))) {
            var platform = own.platform();
            journey("ops.test.mjs", Map.of("ROOKERY_URL", platform.url(), "ROOKERY_OPS_URL", platform.management()));
        }
    }

    private static void journey(String file, Map<String, String> environment) throws IOException, InterruptedException {
        var output = Files.createTempFile("rookery-web-", ".log");
        var builder = new ProcessBuilder("node", "--test", "--test-reporter=tap", "test/journey/" + file)
                .directory(WEB.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);

        var node = builder.start();
        boolean hasEnded;
        try {
            hasEnded = node.waitFor(BOUND_MINUTES, TimeUnit.MINUTES);
        } finally {
            node.destroyForcibly();
        }

        var told = Files.readString(output);
        assertThat(hasEnded).as(told).isTrue();
        assertThat(node.exitValue()).as(told).isZero();
        assertThat(told).contains("# fail 0", "# skipped 0");
    }
}
