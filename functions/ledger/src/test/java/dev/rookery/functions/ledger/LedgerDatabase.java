package dev.rookery.functions.ledger;

import com.zaxxer.hikari.HikariDataSource;
import dev.rookery.eventing.delivery.batch.BatchSettings;
import dev.rookery.eventing.delivery.batch.Batches;
import dev.rookery.eventing.delivery.batch.Batching;
import dev.rookery.eventing.delivery.inbox.Inbox;
import dev.rookery.eventing.delivery.inbox.Migrations;
import dev.rookery.eventing.delivery.inbox.OutcomeWriter;
import dev.rookery.eventing.delivery.reads.Reads;
import dev.rookery.knative.backing.Postgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.json.JsonMapper;

/// The ledger and a function's own schema in a database of its own, for one test class; the server is the same for
/// all.
public final class LedgerDatabase implements BeforeAllCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace ALL = ExtensionContext.Namespace.create(LedgerDatabase.class);
    private static final int MAX_WAITING = 64;

    private final String function;
    private final List<HikariDataSource> sources = new ArrayList<>();
    private String url;
    private DSLContext superuser;
    private DSLContext application;

    private LedgerDatabase(String function) {
        this.function = function;
    }

    /// @param function whose migrations are on the class path
    public static LedgerDatabase of(String function) {
        return new LedgerDatabase(function);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        var server =
                context.getRoot().getStore(ALL).computeIfAbsent(function, _ -> Server.start(function), Server.class);
        url = server.createDatabase();
        var everything =
                connections(server.postgres().superuser(), server.postgres().password());
        superuser = DSL.using(everything, SQLDialect.POSTGRES);
        superuser.execute("create schema ledger authorization ledger_owner");
        superuser.execute("create schema " + function + " authorization " + function + "_owner");
        var owner = connections(function + "_owner", "owner");
        var ledgerOwner = connections(function + "_owner", "owner");
        ledgerOwner.setConnectionInitSql("set role ledger_owner");
        Migrations.share(ledgerOwner, "ledger");
        Migrations.run(owner, function);
        application = DSL.using(connections(function, "application"), SQLDialect.POSTGRES);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        sources.forEach(HikariDataSource::close);
    }

    /// As the function sees it.
    public DSLContext application() {
        return application;
    }

    /// As the function's queries see it.
    public Reads reads() {
        return Reads.from(application, new SimpleMeterRegistry());
    }

    /// As somebody sees it who may do everything.
    public DSLContext superuser() {
        return superuser;
    }

    /// Carries out commands on the ledger as an application does.
    public Batches<Need, Book> batches(InstantSource clock, LedgerSettings settings) {
        return batching(clock, new BatchSettings(50, 2, Duration.ofMillis(2))).on(new Ledger(clock, settings));
    }

    public Batching batching(InstantSource clock, BatchSettings settings) {
        var inbox = new Inbox(new OutcomeWriter(JsonMapper.shared(), clock, UUID::randomUUID));
        return new Batching(application, inbox, settings, MAX_WAITING, OpenTelemetry.noop(), new SimpleMeterRegistry());
    }

    public int waitingForALock() {
        return superuser
                .fetchSingle("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                .get(0, Integer.class);
    }

    /// Of an account, in minor units; 0 when there is none.
    public long balance(AccountId account) {
        return superuser
                .fetchOptional("select balance from account where id = ?", account.value())
                .map(row -> row.get(0, Long.class))
                .orElse(0L);
    }

    private HikariDataSource connections(String user, String password) {
        var connections = new HikariDataSource();
        connections.setJdbcUrl(url + "?currentSchema=" + function + ",ledger");
        connections.setUsername(user);
        connections.setPassword(password);
        connections.setMaximumPoolSize(8);
        connections.setMinimumIdle(0);
        sources.add(connections);
        return connections;
    }

    /// With the roles, which are a server's and not a database's; ended after the last test class.
    private record Server(Postgres postgres, AtomicInteger databases) implements AutoCloseable {

        static Server start(String function) {
            var postgres = Postgres.startEphemeral();
            var server = new Server(postgres, new AtomicInteger());
            server.execute("create role ledger_owner");
            server.execute("create role ledger");
            server.execute("create role " + function + "_owner login password 'owner' in role ledger_owner");
            server.execute("create role " + function + " login password 'application' in role ledger");
            return server;
        }

        /// @return its JDBC URL
        String createDatabase() {
            var name = "database_" + databases.incrementAndGet();
            execute("create database " + name);
            return postgres.jdbcUrl(name);
        }

        private void execute(String statement) {
            try (var connection = DSL.using(postgres.jdbcUrl("postgres"), postgres.superuser(), postgres.password())) {
                connection.execute(statement);
            }
        }

        @Override
        public void close() {
            postgres.close();
        }
    }
}
