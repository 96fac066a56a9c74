package dev.rookery.functions.wallet;

import dev.rookery.eventing.delivery.inbox.Migrations;
import dev.rookery.knative.backing.Postgres;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// The wallet's schema in a PostgreSQL of its own, for one test class.
final class Ledger implements BeforeAllCallback, AfterAllCallback {

    private Postgres postgres;
    private DSLContext superuser;
    private DSLContext application;

    @Override
    public void beforeAll(ExtensionContext context) {
        postgres = Postgres.startEphemeral();
        superuser = DSL.using(connections(postgres.superuser(), postgres.password()), SQLDialect.POSTGRES);
        superuser.execute("create role wallet_owner login password 'owner'");
        superuser.execute("create role wallet login password 'wallet'");
        superuser.execute("create schema wallet authorization wallet_owner");
        Migrations.run(connections("wallet_owner", "owner"), "wallet");
        application = DSL.using(connections("wallet", "wallet"), SQLDialect.POSTGRES);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        postgres.close();
    }

    /// As the function sees it.
    DSLContext application() {
        return application;
    }

    /// As somebody sees it who may do everything.
    DSLContext superuser() {
        return superuser;
    }

    int waitingForALock() {
        return superuser
                .fetchSingle("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                .get(0, Integer.class);
    }

    private DriverManagerDataSource connections(String user, String password) {
        return new DriverManagerDataSource(postgres.jdbcUrl("postgres") + "?currentSchema=wallet", user, password);
    }
}
