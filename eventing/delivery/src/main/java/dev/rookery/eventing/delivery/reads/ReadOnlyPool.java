package dev.rookery.eventing.delivery.reads;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;

/// Connections on which nothing is written. None is made before it is needed, and a server that is away keeps nobody
/// from starting.
final class ReadOnlyPool implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMinutes(1);

    private final HikariDataSource pool = new HikariDataSource();
    private final ExecuteListener listener;

    ReadOnlyPool(String name, String url, Login login, int connections, Duration timeout) {
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setUsername(login.user());
        pool.setPassword(login.password());
        pool.addDataSourceProperty("currentSchema", String.join(",", login.schemas()));
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(IDLE.toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(timeout.toMillis());
        pool.setValidationTimeout(timeout.toMillis() / 2);
        pool.addDataSourceProperty("options", "-c default_transaction_read_only=on");
        var seconds = Long.toString(timeout.toSeconds());
        pool.addDataSourceProperty("connectTimeout", seconds);
        pool.addDataSourceProperty("socketTimeout", seconds);
        this.listener = login.listener();
    }

    Connection connect() throws SQLException {
        return pool.getConnection();
    }

    /// On a connection of its own for each statement.
    DSLContext db() {
        var configuration = configuration();
        configuration.setDataSource(pool);
        return DSL.using(configuration);
    }

    /// On this one.
    DSLContext db(Connection connection) {
        var configuration = configuration();
        configuration.setConnection(connection);
        return DSL.using(configuration);
    }

    private DefaultConfiguration configuration() {
        var configuration = new DefaultConfiguration();
        configuration.setSQLDialect(SQLDialect.POSTGRES);
        configuration.setExecuteListener(listener);
        return configuration;
    }

    @Override
    public void close() {
        pool.close();
    }
}
