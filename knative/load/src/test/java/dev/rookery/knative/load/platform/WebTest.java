package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The browser client in a browser, served by a whole platform. Pictures of its pages are in
/// `gateway/client/web/target/screenshots`.
class WebTest {

    private static final Path WEB = Launched.ROOT.resolve("gateway/client/web");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final long BOUND_MINUTES = 8;

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    @Test
    void aPersonPlaysInABrowser() throws Exception {
        assumeTrue(
                Files.isRegularFile(WEB.resolve("target/web/rookery-web/files.txt")),
                "skipped: gateway/client/web was built without Node");
        assumeTrue(Files.isExecutable(CHROMIUM), "skipped: no " + CHROMIUM + " (apt-get install chromium)");
        var output = Files.createTempFile("rookery-web-", ".log");
        var builder = new ProcessBuilder("node", "--test", "test/journey/journey.test.mjs")
                .directory(WEB.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ROOKERY_URL", rookery.platform().url());
        builder.environment()
                .put("ROOKERY_GATEWAY_PID", Long.toString(rookery.launched().pid("gateway")));

        var node = builder.start();
        boolean hasEnded;
        try {
            hasEnded = node.waitFor(BOUND_MINUTES, TimeUnit.MINUTES);
        } finally {
            node.destroyForcibly();
        }

        var told = read(output);
        assertThat(hasEnded).as(told).isTrue();
        assertThat(node.exitValue()).as(told).isZero();
        assertThat(told).contains("# fail 0", "# skipped 0");
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
