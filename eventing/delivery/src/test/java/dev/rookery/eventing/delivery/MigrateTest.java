package dev.rookery.eventing.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.cloudevents.KafkaAccess;
import dev.rookery.knative.backing.Postgres;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// Schemas that are brought up to date before the function runs, or by it.
class MigrateTest {

    private static final DeliverySettings SETTINGS = new DeliverySettings(
            "probe",
            List.of("probe"),
            "catalog",
            new KafkaAccess("kafka:9092", SecurityProtocol.PLAINTEXT, null, null),
            "redis://redis",
            1,
            1,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    private Postgres postgres;
    private DSLContext superuser;

    @BeforeEach
    void start() {
        postgres = Postgres.startEphemeral();
        superuser = DSL.using(
                new DriverManagerDataSource(postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password()),
                SQLDialect.POSTGRES);
        superuser.execute("create role probe_owner login password 'owned'");
        superuser.execute("create role probe");
        superuser.execute("create schema probe authorization probe_owner");
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    /// Neither Redis nor Kafka nor a catalog is there.
    @Test
    void aJobBringsTheSchemasUpToDateAndNeedsNothingButPostgres() {
        var ended = FunctionApplication.of(ProbeApplication.class, "only")
                .run(
                        "--ROOKERY_MIGRATE=only",
                        "--ROOKERY_POSTGRES_URL=" + postgres.jdbcUrl("postgres"),
                        "--ROOKERY_POSTGRES_OWNER_USER=probe_owner",
                        "--ROOKERY_POSTGRES_OWNER_PASSWORD=owned");

        assertThat(ended.getBeansOfType(DSLContext.class)).isEmpty();
        assertThat(tables()).contains("inbox", "effect");
        ended.close();
    }

    @Test
    void aJobThatCannotDoItFails() {
        var job = FunctionApplication.of(ProbeApplication.class, "only");

        assertThatThrownBy(() -> job.run(
                        "--ROOKERY_MIGRATE=only",
                        "--ROOKERY_POSTGRES_URL=" + postgres.jdbcUrl("postgres"),
                        "--ROOKERY_POSTGRES_OWNER_USER=probe_owner",
                        "--ROOKERY_POSTGRES_OWNER_PASSWORD=wrong"))
                .hasStackTraceContaining("password authentication failed");
    }

    @Test
    void aFunctionThatIsToldToLeavesTablesAlone() throws SQLException {
        db(new OwnerSettings(postgres.jdbcUrl("postgres"), "", "", OwnerSettings.Migrate.NEVER));

        assertThat(tables()).isEmpty();
    }

    @Test
    void aFunctionElseBringsThemUpToDateItself() throws SQLException {
        db(new OwnerSettings(postgres.jdbcUrl("postgres"), "probe_owner", "owned", OwnerSettings.Migrate.START));

        assertThat(tables()).contains("inbox", "effect");
    }

    @Test
    void whoeverMigratesHasARole() {
        assertThatThrownBy(() -> new OwnerSettings("jdbc:", " ", "", OwnerSettings.Migrate.START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rookery.owner.user: is empty (expected: ");
    }

    private void db(OwnerSettings owner) throws SQLException {
        new DeliveryConfiguration().db(new DriverManagerDataSource(), owner, SETTINGS, OpenTelemetry.noop());
    }

    private List<String> tables() {
        return superuser
                .fetch("select tablename from pg_tables where schemaname = 'probe'")
                .map(row -> row.get(0, String.class));
    }
}
