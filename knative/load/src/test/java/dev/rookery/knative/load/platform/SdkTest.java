package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The SDK's own tests against a whole platform: they are written in its language and run by its Node.
class SdkTest {

    private static final Path SDK = Launched.ROOT.resolve("gateway/client/sdk");
    private static final int LEAST_NODE = 20;
    private static final long BOUND_MINUTES = 6;

    @RegisterExtension
    static final TwoGateways gateways = new TwoGateways();

    @BeforeAll
    static void nodeIsThere() throws Exception {
        assumeTrue(nodeVersion() >= LEAST_NODE, "skipped: no Node >= " + LEAST_NODE + " on the PATH");
        assumeTrue(
                Files.isDirectory(SDK.resolve("node_modules")) && Files.isDirectory(SDK.resolve("target/test")),
                "skipped: gateway/client/sdk was built without Node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conversation", "cuts", "drain"})
    void thePlatformKeepsItsPromisesToTheSdk(String tests) throws Exception {
        var platform = gateways.launched().platform();
        var output = Files.createTempFile("rookery-sdk-", ".log");
        var builder = new ProcessBuilder("node", "--test", "target/test/platform/" + tests + ".test.js")
                .directory(SDK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ROOKERY_URLS", String.join(",", platform.gateways()));
        builder.environment().put("ROOKERY_MANAGEMENT", platform.management());

        var node = builder.start();
        try {
            assertThat(node.waitFor(BOUND_MINUTES, TimeUnit.MINUTES))
                    .as(() -> read(output))
                    .isTrue();
        } finally {
            node.destroyForcibly();
        }

        var told = read(output);
        told.lines().filter(line -> line.startsWith("# ")).forEach(System.out::println);
        assertThat(node.exitValue()).as(told).isZero();
        assertThat(told).contains("# fail 0").doesNotContain("# pass 0");
    }

    /// 0 when there is none.
    private static int nodeVersion() throws Exception {
        try {
            var node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .start();
            var version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            node.waitFor();
            var major = Pattern.compile("v([0-9]+)\\..*", Pattern.DOTALL).matcher(version);
            return major.matches() ? Integer.parseInt(major.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "no output: " + e;
        }
    }
}
