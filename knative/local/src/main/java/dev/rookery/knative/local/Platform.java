package dev.rookery.knative.local;

import dev.rookery.knative.backing.Kafka;
import dev.rookery.knative.backing.Ports;
import dev.rookery.knative.backing.Postgres;
import dev.rookery.knative.backing.PostgresReplica;
import dev.rookery.knative.backing.Redis;
import dev.rookery.knative.local.dispatch.Dispatcher;
import dev.rookery.knative.local.manifest.Manifests;
import dev.rookery.knative.local.manifest.Source;
import dev.rookery.knative.local.manifest.Workload;
import dev.rookery.knative.local.ops.Operated;
import dev.rookery.knative.local.ops.Operators;
import dev.rookery.knative.local.process.App;
import dev.rookery.knative.local.process.Server;
import dev.rookery.knative.local.process.Supervised;
import dev.rookery.knative.local.scale.ScaledService;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The whole platform: the backing services, then topics and schemas, then gateway and functions side by side,
/// and what delivers to them. What ends by itself is started again. A start that fails ends what it has started.
final class Platform implements AutoCloseable, ScaledService.Listener {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /// Above what a start may take, so that a rollout waits for one that is slow and not for one that fails.
    private static final Duration START_AGAIN_BOUND = Duration.ofMinutes(2);

    private final UpSettings settings;
    private final Telling telling;
    private final Manifests manifests;
    private final Opened opened = new Opened();
    private final List<Supervised> processes = new ArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private @Nullable Functions functions;
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
        // Beside Kafka, which takes longer than both.
        var replica = starting(() -> PostgresReplica.start(data.of("replica"), postgres.get(), 0), Server::of);
        Together.run(List.of(postgres, replica, redis, kafka));
        serve(data, new Database(postgres.resultNow(), replica.resultNow()), redis.resultNow(), kafka.resultNow());
    }

    private void serve(DataFolder data, Database database, Redis redis, Kafka kafka) {
        database.create();
        var partitions = TopicAdmin.create(kafka.bootstrap(), manifests.topics());
        var management = opened.add(Opened.Stage.MANAGEMENT, Management.start(Ports.free()));
        var telemetry = opened.add(Opened.Stage.MANAGEMENT, Telemetry.of(System.getenv()));
        var specs = new AppSpecs(
                settings,
                data.configMaps(manifests.configMaps()),
                entries(data, database, kafka.bootstrap(), redis.url()));
        var dispatcher = opened.add(
                Opened.Stage.DISPATCHER,
                new Dispatcher(kafka.bootstrap(), telemetry.openTelemetry(), management.registry()));
        var deployed = opened.add(
                Opened.Stage.FUNCTIONS,
                new Functions(
                        () -> Manifests.read(settings.manifests()), specs, Images.in(data.of("revisions")), http));
        functions = deployed;
        var tasks = new ArrayList<FutureTask<?>>();
        for (var workload : manifests.workloads()) {
            switch (workload.kind()) {
                case SERVICE -> {
                    deployed.add(workload.name(), namespace(workload.name()), this);
                    tasks.add(new FutureTask<>(() -> deployed.deploy(workload)));
                }
                case DEPLOYMENT ->
                    Instance.gateways(workload.name(), settings)
                            .forEach(instance -> tasks.add(starting(
                                    () -> App.start(specs.of(workload, instance, specs.jar(workload)), http),
                                    Server::of)));
            }
        }
        // At the same time: what is delivered before a function is ready waits for it.
        tasks.add(new FutureTask<>(() -> dispatch(dispatcher, deployed, partitions), null));
        Together.run(tasks);
        var described = new RunningPlatform(
                ProcessHandle.current().pid(),
                Instant.now(),
                gateways().stream().map(gateway -> gateway.server().port()).toList(),
                settings.data(),
                management.url(),
                kafka.bootstrap(),
                redis.url(),
                new RunningPlatform.Postgres(database.url(), database.superuser(), data.of("postgres/password")),
                List.of());
        management.ready(
                () -> new PlatformState(deployed.states(), dispatcher.states()),
                rollout(),
                deployed,
                operators(described, deployed, dispatcher));
        announce(described);
    }

    private Operators operators(RunningPlatform described, Functions deployed, Dispatcher dispatcher) {
        var primary = described.postgres().primary();
        return new Operators(
                () -> new Operated(
                        described.started(),
                        described.port(),
                        gateways().stream()
                                .map(gateway -> new Operated.Gateway(
                                        gateway.server().name(),
                                        gateway.server().management(),
                                        gateway.restarts()))
                                .toList(),
                        deployed.states(),
                        dispatcher.states()),
                new Operated.Backing(
                        DataFolder.catalog(described.data()),
                        primary,
                        described.kafka(),
                        described.redis(),
                        dispatcher.recent()),
                () -> DeadLetterCommands.open(described),
                http);
    }

    private String namespace(String service) {
        return manifests.sources().stream()
                .filter(source -> source.service().equals(service))
                .map(Source::namespace)
                .findFirst()
                .orElse("default");
    }

    /// What others are told of it.
    ///
    /// @throws IllegalStateException before it has started
    synchronized RunningPlatform running() {
        if (running == null) {
            throw new IllegalStateException("platform: not running (expected: after its start)");
        }
        return running;
    }

    /// What ConfigMaps and Secrets hold in a cluster.
    private Map<String, Map<String, String>> entries(
            DataFolder data, Database database, String bootstrap, String redis) {
        var entries = new HashMap<String, Map<String, String>>();
        entries.put(
                "rookery",
                Map.of(
                        "ROOKERY_KAFKA_BOOTSTRAP",
                        bootstrap,
                        "ROOKERY_REDIS_URL",
                        redis,
                        "ROOKERY_POSTGRES_URL",
                        database.url(),
                        "ROOKERY_REPLICA_URL",
                        database.replicaUrl()));
        entries.put(
                "ledger-seal",
                Map.of(
                        "ROOKERY_SEAL_KEY",
                        data.sealKey(),
                        "ROOKERY_SEAL_FILE",
                        data.of("seals").toString()));
        entries.put("gateway-token", Map.of("ROOKERY_TOKEN_SECRET", data.tokenSecret(), "ROOKERY_TOKEN_DEV", "true"));
        for (var workload : manifests.workloads()) {
            var secret = workload.name() + "-postgres";
            if (workload.secrets().contains(secret)) {
                entries.put(secret, database.open(workload.name()));
                shared(workload).forEach(schema -> database.share(schema, workload.name()));
            }
        }
        return entries;
    }

    /// Schemas that a function works with beside its own, which it names first.
    private static List<String> shared(Workload workload) {
        var schemas = workload.environment().getOrDefault("ROOKERY_SCHEMAS", "").split(",", -1);
        return List.of(schemas).subList(1, schemas.length);
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
    }

    private Rollout rollout() {
        var gateway = manifests.workloads().stream()
                .filter(workload -> workload.kind() == Workload.Kind.DEPLOYMENT)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Deployment: none (expected: the gateway's)"));
        return new Rollout(gateway.name(), gateways(), gateway.grace().plus(START_AGAIN_BOUND));
    }

    /// In the order of their ports.
    private synchronized List<Supervised> gateways() {
        return processes.stream()
                .filter(process -> stage(process.server()) == Opened.Stage.GATEWAY)
                .sorted(Comparator.comparingInt(process -> process.server().port()))
                .toList();
    }

    /// Players are let go before deliveries end, and deliveries before what they need.
    private Opened.Stage stage(Server server) {
        return server.management().isEmpty() ? Opened.Stage.SERVERS : Opened.Stage.GATEWAY;
    }

    private void dispatch(Dispatcher dispatcher, Functions deployed, List<TopicPartition> partitions) {
        for (var source : manifests.sources()) {
            dispatcher.start(
                    source,
                    deployed.sink(source.name(), source.service()),
                    partitions.stream()
                            .filter(partition -> source.topics().contains(partition.topic()))
                            .toList());
        }
        for (var ping : manifests.pings()) {
            dispatcher.start(ping, deployed.sink(ping.name(), ping.service()));
        }
    }

    @Override
    public void started(Server server, Duration took) {
        telling.started(server.name(), took, "127.0.0.1:" + server.port());
        announceAgain();
    }

    @Override
    public void ended(Server server, int code) {
        telling.line("  " + server.name() + " ended with code " + code + " and is started again");
    }

    @Override
    public void rolling(Server server) {
        telling.line("  " + server.name() + " is told to end and is then started again");
    }

    @Override
    public void restarted(Server server, Duration took) {
        telling.started(server.name(), took, "127.0.0.1:" + server.port());
        announceAgain();
    }

    @Override
    public void stopped(Server server) {
        telling.line("  " + server.name() + " has ended: it was not needed");
        announceAgain();
    }

    private synchronized void announce(RunningPlatform platform) {
        running = platform;
        opened.add(Opened.Stage.GATEWAY, this::retract);
        describe();
    }

    /// For good: what ends after this is told to nobody.
    private synchronized void retract() {
        running = null;
        RunningPlatform.delete(settings.home(), settings.port());
    }

    /// A process that was started runs, whether or not that can be written down.
    private void announceAgain() {
        try {
            describe();
        } catch (UncheckedIOException e) {
            telling.line("  what runs cannot be written down: " + e.getMessage());
        }
    }

    private synchronized void describe() {
        if (running != null) {
            var all = new ArrayList<>(processes);
            if (functions != null) {
                all.addAll(functions.instances());
            }
            running.with(all.stream().map(Platform::child).toList()).write(settings.home());
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
