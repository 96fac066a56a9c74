package dev.rookery.knative.local.process;

import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.Redis;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One process as its supervisor sees it.
///
/// @param management base URL of its health and metrics; empty when it has none
/// @param pid        of the process that runs now
/// @param onExit     completes with the exit code of the process that runs now
/// @param restart    starts it again, on the same port, and waits until it serves; throws when it does not
/// @param close      ends it, in order
public record Server(
        String name,
        int port,
        String management,
        LongSupplier pid,
        Supplier<CompletableFuture<Integer>> onExit,
        Runnable restart,
        Runnable close) {

    public static Server of(Postgres postgres) {
        return new Server(
                "postgres", postgres.port(), "", postgres::pid, postgres::onExit, postgres::restart, postgres::close);
    }

    public static Server of(Redis redis) {
        return new Server("redis", redis.port(), "", redis::pid, redis::onExit, redis::restart, redis::close);
    }

    public static Server of(Kafka kafka) {
        return new Server("kafka", kafka.port(), "", kafka::pid, kafka::onExit, kafka::restart, kafka::close);
    }

    public static Server of(App app) {
        return new Server(app.name(), app.port(), app.management(), app::pid, app::onExit, app::restart, app::close);
    }
}
