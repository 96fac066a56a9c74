package dev.rookery.knative.local;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Ports;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.Redis;
import dev.rookery.knative.local.dispatch.Dispatcher;
import dev.rookery.knative.local.dispatch.Sink;
import dev.rookery.knative.local.manifest.Manifests;
import dev.rookery.knative.local.manifest.Workload;
import dev.rookery.knative.local.process.App;
import dev.rookery.knative.local.process.Server;
import dev.rookery.knative.local.process.Supervised;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The whole platform: the backing services, then topics and schemas, then gateway and functions side by side,
/// and what delivers to them. What ends by itself is started again. A start that fails ends what it has started.
final class Platform implements AutoCloseable, Supervised.Listener {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final UpSettings settings;
    private final Telling telling;
    private final Manifests manifests;
    private final Opened opened = new Opened();
    private final List<Supervised> processes = new ArrayList<>();
    private final Map<String, Sink> sinks = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private @Nullable RunningPlatform running;

    private Platform(UpSettings settings, Telling telling, Manifests manifests) {
        this.settings = settings;
        this.telling = telling;
        this.manifests = manifests;
    }

    /// Starts everything and waits until players may connect.
    ///
    /// @throws RuntimeException when something does not start; the message is for people
    static Platform start(UpSettings settings, Telling telling) {
        var platform = new Platform(settings, telling, Manifests.read(settings.manifests()));
        try {
            platform.start();
            return platform;
        } catch (RuntimeException e) {
            boolean wasInterrupted = Thread.interrupted();
            platform.close();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }

    private void start() {
        var data = opened.add(Opened.Stage.DATA, DataFolder.open(settings));
        var postgres = starting(() -> Postgres.start(data.of("postgres"), 0), Server::of);
        var redis = starting(() -> Redis.start(data.of("redis"), 0), Server::of);
        var kafka = starting(() -> Kafka.start(data.of("kafka"), 0), Server::of);
        Together.run(List.of(postgres, redis, kafka));
        serve(data, postgres.resultNow(), redis.resultNow(), kafka.resultNow());
    }

    private void serve(DataFolder data, Postgres postgres, Redis redis, Kafka kafka) {
        var database = new Database(postgres);
        database.create();
        var partitions = TopicAdmin.create(kafka.bootstrap(), topics());
        var management = opened.add(Opened.Stage.MANAGEMENT, Management.start(Ports.free()));
        var telemetry = opened.add(Opened.Stage.MANAGEMENT, Telemetry.of(System.getenv()));
        var specs = new AppSpecs(
                settings,
                data.configMaps(manifests.configMaps()),
                entries(data, database, kafka.bootstrap(), redis.url()));
        var dispatcher = opened.add(
                Opened.Stage.DISPATCHER,
                new Dispatcher(kafka.bootstrap(), telemetry.openTelemetry(), management.registry()));
        var tasks = new ArrayList<FutureTask<?>>();
        manifests.workloads().forEach(workload -> tasks.add(starting(workload, specs)));
        // At the same time: what is delivered before a function is ready waits for it.
        tasks.add(new FutureTask<>(() -> dispatch(dispatcher, partitions), null));
        Together.run(tasks);
        management.ready(dispatcher::states);
        announce(new RunningPlatform(
                ProcessHandle.current().pid(),
                Instant.now(),
                settings.port(),
                settings.data(),
                management.url(),
                kafka.bootstrap(),
                redis.url(),
                new RunningPlatform.Postgres(database.url(), postgres.superuser(), data.of("postgres/password")),
                List.of()));
    }

    /// Everything that is read from or written to.
    private Set<String> topics() {
        var topics = new TreeSet<>(manifests.topics());
        for (var workload : manifests.workloads()) {
            if (workload.kind() == Workload.Kind.SERVICE) {
                topics.add(Topics.facts(workload.name()));
            }
        }
        return topics;
    }

    /// What ConfigMaps and Secrets hold in a cluster.
    private Map<String, Map<String, String>> entries(
            DataFolder data, Database database, String bootstrap, String redis) {
        var entries = new HashMap<String, Map<String, String>>();
        entries.put(
                "rookery",
                Map.of(
                        "ROOKERY_KAFKA_BOOTSTRAP", bootstrap,
                        "ROOKERY_REDIS_URL", redis,
                        "ROOKERY_POSTGRES_URL", database.url()));
        entries.put("gateway-token", Map.of("ROOKERY_TOKEN_SECRET", data.tokenSecret(), "ROOKERY_TOKEN_DEV", "true"));
        for (var workload : manifests.workloads()) {
            var secret = workload.name() + "-postgres";
            if (workload.secrets().contains(secret)) {
                entries.put(secret, database.open(workload.name()));
            }
        }
        return entries;
    }

    private FutureTask<App> starting(Workload workload, AppSpecs specs) {
        var spec = specs.of(workload);
        if (workload.kind() == Workload.Kind.SERVICE) {
            var url = URI.create("http://127.0.0.1:" + spec.port() + "/");
            sinks.put(workload.name(), new Sink(url, http, workload.concurrency()));
        }
        return starting(() -> App.start(spec, http), Server::of);
    }

    private <T> FutureTask<T> starting(Callable<T> start, Function<T, Server> view) {
        return new FutureTask<>(() -> {
            long begun = System.nanoTime();
            var started = start.call();
            var server = view.apply(started);
            telling.started(server.name(), Telling.since(begun), "127.0.0.1:" + server.port());
            supervise(server);
            return started;
        });
    }

    private synchronized void supervise(Server server) {
        processes.add(opened.add(stage(server), new Supervised(server, this)));
        open(server);
    }

    /// Players are let go before deliveries end, and deliveries before what they need.
    private Opened.Stage stage(Server server) {
        if (server.management().isEmpty()) {
            return Opened.Stage.SERVERS;
        }
        return sinks.containsKey(server.name()) ? Opened.Stage.FUNCTIONS : Opened.Stage.GATEWAY;
    }

    private void dispatch(Dispatcher dispatcher, List<TopicPartition> partitions) {
        for (var source : manifests.sources()) {
            var sink = sinks.get(source.service());
            if (sink == null) {
                throw new IllegalStateException("source " + source.name() + ": no service " + source.service());
            }
            dispatcher.start(
                    source,
                    sink,
                    partitions.stream()
                            .filter(partition -> source.topics().contains(partition.topic()))
                            .toList());
        }
    }

    @Override
    public void ended(Server server, int code) {
        var sink = sinks.get(server.name());
        if (sink != null) {
            sink.shut();
        }
        telling.line("  " + server.name() + " ended with code " + code + " and is started again");
    }

    @Override
    public void restarted(Server server, Duration took) {
        open(server);
        telling.started(server.name(), took, "127.0.0.1:" + server.port());
        announceAgain();
    }

    private void open(Server server) {
        var sink = sinks.get(server.name());
        if (sink != null) {
            sink.open();
        }
    }

    private synchronized void announce(RunningPlatform platform) {
        running = platform;
        opened.add(Opened.Stage.GATEWAY, () -> RunningPlatform.delete(settings.home(), settings.port()));
        announceAgain();
    }

    private synchronized void announceAgain() {
        if (running != null) {
            running.with(processes.stream().map(Platform::child).toList()).write(settings.home());
        }
    }

    private static RunningPlatform.Child child(Supervised process) {
        var server = process.server();
        return new RunningPlatform.Child(
                server.name(), server.pid().getAsLong(), server.port(), server.management(), process.restarts());
    }

    @Override
    public void close() {
        opened.close();
    }
}
