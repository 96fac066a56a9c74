package dev.rookery.knative.load.ceiling;

import dev.rookery.knative.local.RunningPlatform;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The ceilings of one platform, each at one thing at a time, which tells the shortest time, and at many, which
/// tells the highest rate.
public record Ceilings(
        Ceiling postgres, Ceiling postgresMany, Ceiling kafka, Ceiling kafkaMany, Ceiling redis, Ceiling redisMany) {

    private static final int MANY = 16;
    private static final int IN_FLIGHT = 256;

    /// Blocks until all are measured.
    ///
    /// @param each     how long each is measured
    /// @param progress told what is measured next
    public static Ceilings measure(RunningPlatform platform, Duration each, Consumer<String> progress) {
        progress.accept("ceilings: PostgreSQL");
        var postgres = new PostgresCeiling(platform.postgres(), each);
        var commit = postgres.measure(1);
        var commits = postgres.measure(MANY);
        progress.accept("ceilings: Kafka");
        var kafka = new KafkaCeiling(platform.kafka(), each);
        var produce = kafka.measure(1);
        var produces = kafka.measure(IN_FLIGHT);
        progress.accept("ceilings: Redis");
        var redis = new RedisCeiling(platform.redis(), each);
        return new Ceilings(commit, commits, produce, produces, redis.measure(1), redis.measure(MANY));
    }

    public List<Ceiling> all() {
        return List.of(postgres, postgresMany, kafka, kafkaMany, redis, redisMany);
    }

    /// What a trip takes at least, in microseconds: one of each, one after the other.
    public long sumMicros() {
        return postgres.speed().latencies().p50Micros()
                + kafka.speed().latencies().p50Micros()
                + redis.speed().latencies().p50Micros();
    }
}
