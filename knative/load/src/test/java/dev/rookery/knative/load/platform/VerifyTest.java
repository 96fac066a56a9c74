package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The command, in a process of its own, on a platform that runs.
class VerifyTest {

    @RegisterExtension
    static final SharedPlatform rookery = new SharedPlatform();

    private final String player = "p-" + UUID.randomUUID();

    @Test
    void whatWasPlayedIsSound() throws Exception {
        deposit();

        var ended = verify();

        assertThat(ended.output()).contains("I11 chain").contains("nothing is wrong");
        assertThat(ended.code()).isZero();
    }

    /// By a superuser, whom no trigger stops; undone, because the platform is everybody's.
    @Test
    void whoChangesALimitIsFound() throws Exception {
        deposit();
        change("insert into ledger.limit_rule (player, currency, kind, period, amount, lowers, requested_at,"
                + " effective_at) values ('" + player + "', 'EUR', 'deposit', 'day', 1, true,"
                + " now() - interval '2 days', now() - interval '2 days')");
        try {
            var ended = verify();

            assertThat(ended.output()).contains("I12 deposits: transfer ").contains("(expected: at most 1)");
            assertThat(ended.code()).isEqualTo(1);
        } finally {
            change("set session_replication_role = replica; delete from ledger.limit_rule where player = '" + player
                    + "'");
        }
    }

    private void deposit() {
        try (var wire = Wire.hello(rookery.url(), player)) {
            wire.next("welcome");
            wire.deposit("c-1", 1_000);
            wire.next("event");
        }
    }

    private static void change(String statement) throws Exception {
        var postgres = rookery.platform().postgres();
        try (var connection = DriverManager.getConnection(
                        postgres.url(), postgres.user(), Files.readString(postgres.passwordFile()));
                var each = connection.createStatement()) {
            each.execute(statement);
        }
    }

    private static Ended verify() throws Exception {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.rookery.knative.load.Load",
                        "verify",
                        "ledger",
                        "--port",
                        Integer.toString(rookery.platform().port()))
                .redirectErrorStream(true);
        builder.environment().put("ROOKERY_HOME", Launched.ROOT.toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int code, String output) {}
}
