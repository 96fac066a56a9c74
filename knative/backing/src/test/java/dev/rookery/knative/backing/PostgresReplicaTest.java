package dev.rookery.knative.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A replica follows its primary, whatever becomes of either; where it cannot go on it is made anew.
class PostgresReplicaTest {

    /// A primary's folder, as each test finds it: making one anew takes longer than most tests do.
    @TempDir
    private static Path made;

    @TempDir
    Path folder;

    private Postgres primary;
    private PostgresReplica replica;

    @BeforeAll
    static void make() throws Exception {
        try (var server = Postgres.start(made.resolve("primary"), 0)) {
            execute(server, "create table kept (value int)", "insert into kept values (1)");
        }
    }

    @BeforeEach
    void start() throws Exception {
        copy(made.resolve("primary"), folder.resolve("primary"));
        primary = Postgres.start(folder.resolve("primary"), 0);
        replica = PostgresReplica.start(folder.resolve("replica"), primary, 0);
    }

    @AfterEach
    void end() {
        replica.close();
        primary.close();
    }

    @Test
    void itHasWhatThePrimaryHadAndWhatItGetsSince() throws Exception {
        assertThat(sum()).isEqualTo("1");

        insert(10);

        awaitSum(11);
    }

    @Test
    void nobodyWritesToIt() {
        assertThatThrownBy(() -> executeOnReplica("insert into kept values (1)"))
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void killedItComesBackOnItsDataAndFollows() throws Exception {
        var madeAt = madeAt();
        kill(replica.pid());
        replica.onExit().get(60, TimeUnit.SECONDS);
        insert(10);

        replica.restart();

        awaitSum(11);
        assertThat(madeAt()).isEqualTo(madeAt);
    }

    @Test
    void itFollowsAPrimaryThatWasKilledAndCameBack() throws Exception {
        kill(primary.pid());
        primary.onExit().get(60, TimeUnit.SECONDS);
        assertThat(sum()).isEqualTo("1");

        primary.restart();
        insert(10);

        awaitSum(11);
    }

    @Test
    void whileThePrimaryIsAwayItStartsWithWhatItHas() throws Exception {
        primary.stop();
        replica.stop();

        replica.restart();

        assertThat(sum()).isEqualTo("1");
        primary.restart();
        insert(10);
        awaitSum(11);
    }

    @Test
    void startedAgainUnderAnotherPortOfThePrimaryItFollows() throws Exception {
        var madeAt = madeAt();
        replica.close();
        primary.close();

        primary = Postgres.start(folder.resolve("primary"), 0);
        replica = PostgresReplica.start(folder.resolve("replica"), primary, 0);
        insert(10);

        awaitSum(11);
        assertThat(madeAt()).isEqualTo(madeAt);
    }

    @Test
    void ofAnotherPrimaryItIsMadeAnew() throws Exception {
        replica.close();
        primary.close();

        primary = Postgres.start(folder.resolve("another"), 0);
        execute(primary, "create table kept (value int)", "insert into kept values (7)");
        replica = PostgresReplica.start(folder.resolve("replica"), primary, 0);

        assertThat(sum()).isEqualTo("7");
    }

    @Test
    void oneThatWentItsOwnWayIsMadeAnew() throws Exception {
        executeOnReplica("select pg_promote()", "insert into kept values (100)");
        replica.stop();
        Files.createFile(folder.resolve("replica/data/standby.signal"));

        replica.restart();
        insert(10);

        awaitSum(11);
    }

    @Test
    void oneThatDoesNotStartIsMadeAnew() throws Exception {
        replica.stop();
        Files.delete(folder.resolve("replica/data/PG_VERSION"));

        replica.restart();

        assertThat(sum()).isEqualTo("1");
    }

    @Test
    void whenThePrimaryHasForgottenItItEndsAndIsMadeAnew() throws Exception {
        var ended = replica.onExit();
        // Let in no more it cannot come back between the two, when the slot would be in use again.
        execute(
                primary,
                "alter role rookery_replica nologin",
                "select pg_terminate_backend(pid, 30000) from pg_stat_replication",
                "select pg_drop_replication_slot('rookery_replica')");

        assertThat(ended).succeedsWithin(Duration.ofSeconds(60));
        replica.restart();
        insert(10);
        awaitSum(11);
    }

    @Test
    void thePrimaryKeepsABoundedLogForOneThatIsAway() throws Exception {
        assertThat(asked(primary.jdbcUrl("postgres"), "show max_slot_wal_keep_size"))
                .isEqualTo("256MB");
    }

    @Test
    void itGetsInByARoleThatMayDoNothingElse() throws Exception {
        assertThat(asked(primary.jdbcUrl("postgres"), "select usename || ' ' || client_addr from pg_stat_replication"))
                .isEqualTo("rookery_replica 127.0.0.1/32");
        assertThat(
                        asked(
                                primary.jdbcUrl("postgres"),
                                "select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = 'rookery_replica'"))
                .isEqualTo("f");
        assertThat(Files.getPosixFilePermissions(folder.resolve("replica/password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("replica/data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    private void awaitSum(int expected) {
        await().ignoreExceptions().until(() -> sum().equals(Integer.toString(expected)));
    }

    private String sum() throws SQLException {
        return asked(replica.jdbcUrl("postgres"), "select sum(value) from kept");
    }

    private void insert(int value) throws SQLException {
        execute(primary, "insert into kept values (" + value + ")");
    }

    /// When the copy was made that it runs on.
    private Object madeAt() throws Exception {
        return Files.getAttribute(folder.resolve("replica/data/standby.signal"), "lastModifiedTime");
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void execute(Postgres server, String... statements) throws SQLException {
        execute(server.jdbcUrl("postgres"), server.password(), statements);
    }

    private void executeOnReplica(String... statements) throws SQLException {
        execute(replica.jdbcUrl("postgres"), primary.password(), statements);
    }

    private static void execute(String url, String password, String[] statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", password);
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    private String asked(String url, String question) throws SQLException {
        try (var connection = DriverManager.getConnection(url, primary.superuser(), primary.password());
                var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
