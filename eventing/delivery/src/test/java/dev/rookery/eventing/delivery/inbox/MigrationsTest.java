package dev.rookery.eventing.delivery.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.rookery.knative.backing.Postgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When a start may leave the schemas as they are.
class MigrationsTest {

    private static final List<String> SHARED = List.of("pot");

    private static Postgres postgres;
    private Connection owner;

    @BeforeAll
    static void startServer() {
        postgres = Postgres.startEphemeral();
    }

    @AfterAll
    static void endServer() {
        postgres.close();
    }

    @BeforeEach
    void createSchemas() throws SQLException {
        try (var superuser = connect(postgres.superuser(), postgres.password());
                var statement = superuser.createStatement()) {
            statement.execute("drop schema if exists probe, pot cascade");
            statement.execute("drop role if exists probe_owner, probe, pot_owner, pot");
            statement.execute("create role pot_owner");
            statement.execute("create role pot");
            statement.execute("create role probe");
            statement.execute("create role probe_owner login password 'probe' in role pot_owner");
            statement.execute("create schema probe authorization probe_owner");
            statement.execute("create schema pot authorization pot_owner");
        }
        owner = connect("probe_owner", "probe");
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    @Test
    void whereNothingWasEverMigratedItCannotBeTold() {
        assertThatThrownBy(() -> Migrations.areDone(owner, "probe", SHARED)).isInstanceOf(SQLException.class);
    }

    @Test
    void whatWasMigratedIsDone() throws SQLException {
        migrate();

        assertThat(Migrations.areDone(owner, "probe", SHARED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from probe.inbox_history where version = '6'",
                "delete from probe.schema_history where version = '1'",
                "delete from pot.schema_history where version = '1'",
                "update probe.inbox_history set checksum = checksum + 1 where version = '2'",
                "update pot.schema_history set success = false",
                "insert into probe.schema_history select 9, '9', description, type, script, checksum, installed_by,"
                        + " installed_on, execution_time, success from probe.schema_history where version = '1'"
            })
    void whateverTheHistoriesHaveOtherThanTheScriptsIsForWhoMigrates(String change) throws SQLException {
        migrate();

        try (var statement = owner.createStatement()) {
            assertThat(statement.executeUpdate(change)).isPositive();
        }

        assertThat(Migrations.areDone(owner, "probe", SHARED)).isFalse();
    }

    /// So a start that asks first still finds a script that was edited after it had been applied.
    @Test
    void whoMigratesRefusesAScriptThatHasChanged() throws SQLException {
        migrate();
        try (var statement = owner.createStatement()) {
            statement.executeUpdate("update probe.inbox_history set checksum = checksum + 1 where version = '2'");
        }

        assertThatThrownBy(this::migrate).isInstanceOf(FlywayValidateException.class);
    }

    /// Both would find no history and make one: functions that share a schema start at the same moment.
    @Test
    void whileOneMigratesASchemaAnotherWaits() throws Exception {
        try (var lock = owner.prepareStatement("select pg_advisory_lock(hashtext('pot' || ?))");
                var unlock = owner.prepareStatement("select pg_advisory_unlock_all()");
                var waiting = owner.prepareStatement(
                        "select count(*) from pg_locks where locktype = 'advisory' and not granted");
                var histories =
                        owner.prepareStatement("select count(*) from pg_class where relname like '%_history'")) {
            lock.setString(1, Migrations.LOCK);
            lock.execute();
            var second = new FutureTask<>(() -> {
                migrate();
                return true;
            });
            Thread.ofVirtual().start(second);
            await().until(() -> count(waiting) > 0 || second.isDone());

            assertThat(count(histories)).isZero();

            unlock.execute();
            assertThat(second.get(1, TimeUnit.MINUTES)).isTrue();
            assertThat(Migrations.areDone(owner, "probe", SHARED)).isTrue();
        }
    }

    private static long count(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void migrate() throws SQLException {
        try (var connections = connections()) {
            connections.setConnectionInitSql("set role pot_owner");
            Migrations.share(connections, "pot");
        }
        try (var connections = connections()) {
            Migrations.run(connections, "probe");
        }
    }

    private static HikariDataSource connections() {
        var connections = new HikariDataSource();
        connections.setJdbcUrl(postgres.jdbcUrl("postgres"));
        connections.setUsername("probe_owner");
        connections.setPassword("probe");
        connections.setMaximumPoolSize(Migrations.CONNECTIONS);
        return connections;
    }

    private static Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("postgres"), user, password);
    }
}
