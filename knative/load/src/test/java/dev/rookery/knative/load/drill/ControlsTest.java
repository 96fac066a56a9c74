package dev.rookery.knative.load.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.knative.load.drill.fault.Fault.Kind;
import dev.rookery.knative.load.drill.guard.Guard;
import dev.rookery.knative.load.drill.guard.GuardAgent;
import dev.rookery.knative.load.drill.verdict.Check;
import dev.rookery.knative.load.misdeed.AgentJar;
import dev.rookery.knative.load.platform.Database;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Negative controls: a guard is taken out of the platform, and the campaign has to find what comes of it. A
/// campaign that finds nothing then would find nothing ever. Each is a drill of its own: some minutes all in
/// all.
@Tag("minutes")
class ControlsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final long SEED = 1;
    private static final Duration LENGTH = Duration.ofSeconds(25);
    private static final Duration LONGER = Duration.ofSeconds(75);
    /// What is lost stays lost: nobody has to wait for long.
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    /// By then a sweep would have come, which leaves a minute to those who are telling.
    private static final Duration SWEPT = Duration.ofSeconds(90);

    /// Beside an agent a JVM takes no AOT cache: functions that go to zero would spend the drill in starting.
    private static final String AWAKE = "awake";

    @TempDir
    Path folder;

    static Stream<Control> controls() {
        return Stream.of(
                Control.of(Guard.INBOX, Set.of(Kind.CUT_LINES), "I4 effects", "I4 outcomes")
                        .begunBy(
                                "alter table wallet.inbox drop constraint inbox_pkey",
                                "alter table rounds.inbox drop constraint inbox_pkey",
                                "alter table wallet.unemitted drop constraint unemitted_pkey",
                                "alter table rounds.unemitted drop constraint unemitted_pkey"),
                Control.of(Guard.FINGERPRINT, Set.of(Kind.CUT_LINES), "I4 reuse"),
                // It is never noted in time that the wallet's outcomes were told, as when it is killed just before.
                Control.of(Guard.SWEEP, Set.of(Kind.CUT_LINES), "I10 untold")
                        .begunBy(
                                "create function wallet.forget() returns trigger language plpgsql as 'begin"
                                        + " if old.tried_at > now() - interval ''30 seconds'' then return null; end if;"
                                        + " return old; end'",
                                "create trigger forget before delete on wallet.unemitted"
                                        + " for each row execute function wallet.forget()")
                        .waiting(SWEPT),
                Control.of(Guard.STREAM, Set.of(Kind.CUT_LINES), "protocol"),
                Control.of(Guard.EPOCH, Set.of(Kind.FLUSH_REDIS), "protocol", "decided", "I10"),
                Control.of(Guard.LIMITS, Set.of(Kind.CUT_LINES), "I12 stakes", "I12 deposits"),
                // Few exclude themselves, and have to try a bet or a deposit afterwards.
                Control.of(Guard.EXCLUSION, Set.of(Kind.CUT_LINES), "I12").lasting(LONGER),
                Control.of(Guard.FUNDS, Set.of(Kind.CUT_LINES), "I3")
                        .begunBy("alter table ledger.account drop constraint account_check"),
                Control.of(Guard.LOCKS, Set.of(Kind.CUT_LINES), "I2", "I8"),
                Control.of(Guard.DEADLINES, Set.of(Kind.CUT_LINES), "I15 now"),
                Control.of(Guard.SEEN, Set.of(Kind.PAUSE_REPLAY), "reads"),
                // Everything is killed while the wallet is halted.
                Control.of(Guard.OFFSETS, Set.of(Kind.HALT, Kind.CRASH), "decided")
                        .with(2140),
                Control.of(Guard.RETRIES, Set.of(Kind.KILL), "dead letters").with(4),
                Control.of("an outcome is changed afterwards", "I11 chain")
                        .endedBy(
                                "set session_replication_role = replica",
                                "update wallet.inbox set event = replace(event, '\"outcome\":\"refused\"',"
                                        + " '\"outcome\":\"done\"') where (source, id) in (select source, id from"
                                        + " wallet.inbox where ending = 'refused' order by recorded_at limit 1)"),
                Control.of("the newest link is cut off", "I11 seals of rookery.ledger.seals")
                        .endedBy(
                                "set session_replication_role = replica",
                                "delete from ledger.link where (stripe, n) in"
                                        + " (select stripe, n from ledger.chain_head order by n desc limit 1)",
                                "update ledger.chain_head as head set n = link.n, hash = link.hash from ledger.link"
                                        + " where link.stripe = head.stripe and link.n = head.n - 1 and not exists"
                                        + " (select from ledger.link where link.stripe = head.stripe and link.n = head.n)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("controls")
    void whatComesOfItIsFound(Control control) throws Exception {
        var report = new Campaign(ROOT, control.plan(folder), control, System.out::println).run();
        CampaignTable.lines(report).forEach(System.out::println);

        assertThat(report.checks())
                .filteredOn(check -> !check.isKept())
                .extracting(Check::name)
                .containsAnyElementsOf(control.found());
        delete(Path.of(report.folder()));
    }

    /// @param guard that is taken out; null when it is not code that is changed
    /// @param found checks that find it: one of them at least
    /// @param begun what is done to the database before anybody plays
    /// @param ended what is done to it when everything is decided
    record Control(
            String name,
            @Nullable Guard guard,
            long seed,
            Duration length,
            Duration patience,
            Set<Kind> faults,
            Set<String> found,
            List<String> begun,
            List<String> ended)
            implements Sabotage {

        static Control of(Guard guard, Set<Kind> faults, String... found) {
            return new Control(
                    guard.name(), guard, SEED, LENGTH, PATIENCE, faults, Set.of(found), List.of(), List.of());
        }

        static Control of(String name, String... found) {
            return new Control(
                    name, null, SEED, LENGTH, PATIENCE, Set.of(Kind.CUT_LINES), Set.of(found), List.of(), List.of());
        }

        Control with(long other) {
            return new Control(name, guard, other, length, patience, faults, found, begun, ended);
        }

        Control lasting(Duration other) {
            return new Control(name, guard, seed, other, patience, faults, found, begun, ended);
        }

        Control waiting(Duration other) {
            return new Control(name, guard, seed, length, other, faults, found, begun, ended);
        }

        Control begunBy(String... statements) {
            return new Control(name, guard, seed, length, patience, faults, found, List.of(statements), ended);
        }

        Control endedBy(String... statements) {
            return new Control(name, guard, seed, length, patience, faults, found, begun, List.of(statements));
        }

        CampaignPlan plan(Path folder) throws IOException {
            Map<String, String> environment = guard == null
                    ? Map.of()
                    : Map.of("JAVA_TOOL_OPTIONS", AgentJar.option(folder, GuardAgent.class, guard.name()));
            return new CampaignPlan(seed, length, CampaignPlan.PLAYERS, faults, patience, AWAKE, environment);
        }

        @Override
        public void begun(RunningPlatform running) {
            execute(running, begun);
        }

        @Override
        public void ended(RunningPlatform running) {
            execute(running, ended);
        }

        @Override
        public String toString() {
            return name;
        }

        private static void execute(RunningPlatform running, List<String> statements) {
            try (var connection = new Database(running.postgres()).connect();
                    var statement = connection.createStatement()) {
                for (var each : statements) {
                    statement.execute(each);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
