package dev.rookery.knative.local.process;

import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.PostgresReplica;
import dev.rookery.knative.backing.Redis;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One process as its supervisor sees it.
///
/// @param management base URL of its health and metrics; empty when it has none
/// @param pid        of the process that runs now
/// @param onExit     completes with the exit code of the process that runs now
/// @param stop       tells it to end, in order; `onExit` tells when it has
/// @param restart    starts it again, on the same port, and waits until it serves; throws when it does not
/// @param close      ends it, in order, and waits until it has
public record Server(
        String name,
        int port,
        String management,
        LongSupplier pid,
        Supplier<CompletableFuture<Integer>> onExit,
        Runnable stop,
        Runnable restart,
        Runnable close) {

    public static Server of(Postgres postgres) {
        return new Server(
                "postgres",
                postgres.port(),
                "",
                postgres::pid,
                postgres::onExit,
                postgres::stop,
                postgres::restart,
                postgres::close);
    }

    public static Server of(PostgresReplica replica) {
        return new Server(
                "replica",
                replica.port(),
                "",
                replica::pid,
                replica::onExit,
                replica::stop,
                replica::restart,
                replica::close);
    }

    public static Server of(Redis redis) {
        return new Server(
                "redis", redis.port(), "", redis::pid, redis::onExit, redis::stop, redis::restart, redis::close);
    }

    public static Server of(Kafka kafka) {
        return new Server(
                "kafka", kafka.port(), "", kafka::pid, kafka::onExit, kafka::stop, kafka::restart, kafka::close);
    }

    public static Server of(App app) {
        return new Server(
                app.name(), app.port(), app.management(), app::pid, app::onExit, app::stop, app::restart, app::close);
    }
}
