package dev.rookery.eventing.delivery.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.PostgresReplica;
import java.time.Duration;
import java.util.List;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// When a replica is asked and when it is left alone.
class ReplicaTest {

    private static final Lsn BEGIN = Lsn.ofPostgres("0/1");
    private static final Lsn NEVER = Lsn.ofPostgres("FFFFFFFF/0");

    private static Postgres primary;
    private static PostgresReplica server;

    @BeforeAll
    static void start() {
        primary = Postgres.startEphemeral();
        server = PostgresReplica.startEphemeral(primary);
    }

    @AfterAll
    static void end() {
        server.close();
        primary.close();
    }

    @Test
    void whatItHasIsServedAndWhatItHasNotIsNot() {
        try (var replica = replica(Duration.ofHours(1))) {
            assertThat(replica.read(null, db -> 7)).isEqualTo(new Read.Served<>(7, false));
            assertThat(replica.read(BEGIN, db -> 7)).isEqualTo(new Read.Served<>(7, false));
            assertThat(replica.read(NEVER, db -> 7)).isEqualTo(new Read.Behind<>());
        }
    }

    @Test
    void howFarItIsIsAskedOnceOfAConnection() {
        try (var replica = replica(Duration.ofHours(1))) {
            replica.read(BEGIN, db -> db.execute("select 'mine'"));
            replica.read(BEGIN, db -> 7);

            assertThat(lastQuery()).doesNotContain("pg_last_wal_replay_lsn");
        }
    }

    /// A replica that started again may be less far, and so may another one behind the same address.
    @Test
    void ofANewConnectionItIsAskedAgain() {
        try (var replica = replica(Duration.ofNanos(1))) {
            replica.read(BEGIN, db -> db.execute("select 'mine'"));
            server.stop();
            assertThat(replica.read(BEGIN, db -> db.execute("select 'mine'"))).isEqualTo(new Read.Lost<>());
            server.restart();

            assertThat(replica.read(BEGIN, db -> 7)).isEqualTo(new Read.Served<>(7, false));

            assertThat(lastQuery()).contains("pg_last_wal_replay_lsn");
        }
    }

    @Test
    void oneThatWasLostIsLeftAloneForAWhile() {
        try (var replica = replica(Duration.ofHours(1));
                var hasty = replica(Duration.ofNanos(1))) {
            server.stop();
            assertThat(replica.read(null, db -> 7)).isEqualTo(new Read.Lost<>());
            assertThat(hasty.read(null, db -> 7)).isEqualTo(new Read.Lost<>());

            server.restart();

            assertThat(replica.read(null, db -> 7)).isEqualTo(new Read.Lost<>());
            assertThat(hasty.read(null, db -> 7)).isEqualTo(new Read.Served<>(7, false));
        }
    }

    @Test
    void whatTheQuestionThrowsIsTheQuestions() {
        try (var replica = replica(Duration.ofHours(1))) {
            assertThatThrownBy(() -> replica.read(null, db -> {
                        throw new IllegalStateException("asked to throw");
                    }))
                    .hasMessage("asked to throw");
            assertThat(replica.read(null, db -> 7)).isEqualTo(new Read.Served<>(7, false));
        }
    }

    /// Of the replica's pool, which has one connection.
    private static String lastQuery() {
        var url = server.jdbcUrl("postgres");
        return DSL.using(new DriverManagerDataSource(url, primary.superuser(), primary.password()), SQLDialect.POSTGRES)
                .fetchSingle("""
                        select query from pg_stat_activity
                        where backend_type = 'client backend' and pid <> pg_backend_pid()
                        order by state_change desc limit 1""")
                .get(0, String.class);
    }

    private static Replica replica(Duration retryAfter) {
        var settings = new ReplicaSettings(
                server.jdbcUrl("postgres"), Duration.ofMillis(50), Duration.ofSeconds(1), retryAfter, 1);
        var login = new Login(primary.superuser(), primary.password(), List.of("public"), new ExecuteListener() {});
        return new Replica(
                new ReadOnlyPool("test", settings.url(), login, settings.connections(), settings.timeout()),
                settings,
                DataAccessException.class::isInstance);
    }
}
