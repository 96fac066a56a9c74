package dev.rookery.knative.backing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;

/// A Kafka broker of our own, its own controller (KRaft): loopback only, every record on disk before it is
/// acknowledged. There is one replica, so what replication does in a cluster, the disk has to do here.
public final class Kafka implements AutoCloseable {

    /// The broker shares our class path, so it must not share our logging, and without any it would log
    /// everything.
    private static final String LOGGING = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
              </appender>
              <root level="warn"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private static final Duration START_BOUND = Duration.ofSeconds(90);
    private static final Duration STOP_BOUND = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final int usersPort;
    private final boolean ephemeral;
    private volatile ChildProcess process;

    private Kafka(Path folder, int port, boolean ephemeral, boolean hasUsers) {
        this.folder = folder;
        this.port = port == 0 ? Ports.free() : port;
        this.controllerPort = Ports.free();
        this.usersPort = hasUsers ? Ports.free() : 0;
        this.ephemeral = ephemeral;
        configure();
        this.process = run();
    }

    /// Starts on a data folder, which is made when it is not there, and waits until it serves.
    ///
    /// @param port 0 for a free one
    /// @throws IllegalStateException when it does not start; the message has the end of its log
    public static Kafka start(Path folder, int port) {
        return new Kafka(folder, port, false, false);
    }

    /// On a free port and a folder that goes with it.
    public static Kafka startEphemeral() {
        return new Kafka(Folders.temporary("kafka"), 0, true, false);
    }

    /// As [#startEphemeral], with users as a cloud's brokers have them: at [#usersBootstrap] one signs in by
    /// SCRAM-SHA-512 and may do what a rule allows, or everything with what has no rule. At [#bootstrap] nobody
    /// signs in, and whoever comes may do everything.
    ///
    /// @param passwords of each user
    public static Kafka startWithUsers(Map<String, String> passwords) {
        var kafka = new Kafka(Folders.temporary("kafka"), 0, true, true);
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()))) {
            var credentials = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
            admin.alterUserScramCredentials(passwords.entrySet().stream()
                            .<UserScramCredentialAlteration>map(user ->
                                    new UserScramCredentialUpsertion(user.getKey(), credentials, user.getValue()))
                            .toList())
                    .all()
                    .get(START_BOUND.toSeconds(), TimeUnit.SECONDS);
            return kafka;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kafka.close();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            kafka.close();
            throw new IllegalStateException("kafka: its users could not be made", e);
        }
    }

    /// `host:port`.
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /// `host:port` where one signs in, of a broker that has users.
    public String usersBootstrap() {
        if (usersPort == 0) {
            throw new IllegalStateException("kafka: has no users (expected: after startWithUsers)");
        }
        return "127.0.0.1:" + usersPort;
    }

    public long pid() {
        return process.pid();
    }

    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    /// Ends the broker; the data stays for [#restart].
    public void stop() {
        process.close();
    }

    /// Starts again, on the same data and port, a broker that has ended, and waits until it serves.
    public void restart() {
        process = run();
    }

    @Override
    public void close() {
        process.close();
        if (ephemeral) {
            Folders.delete(folder);
        }
    }

    private void configure() {
        var settings = new TreeMap<>(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("listeners", "BROKER://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "BROKER://127.0.0.1:" + port),
                Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "BROKER"),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("log.dirs", data().toString()),
                Map.entry("log.flush.interval.messages", "1"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216")));
        if (usersPort != 0) {
            settings.merge("listeners", "USERS://127.0.0.1:" + usersPort, Kafka::also);
            settings.merge("advertised.listeners", "USERS://127.0.0.1:" + usersPort, Kafka::also);
            settings.merge("listener.security.protocol.map", "USERS:SASL_PLAINTEXT", Kafka::also);
            settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
            settings.put(
                    "listener.name.users.scram-sha-512.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
            settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
            settings.put("super.users", "User:ANONYMOUS");
            settings.put("allow.everyone.if.no.acl.found", "true");
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(logging(), LOGGING);
            Files.writeString(
                    properties(),
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(data().resolve("meta.properties"))) {
            format();
        }
    }

    private static String also(String list, String more) {
        return list + "," + more;
    }

    private void format() {
        var arguments = new String[] {
            "format",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            properties().toString()
        };
        int code = StorageTool.execute(
                arguments, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IllegalStateException("kafka: formatting " + data() + " ended with code " + code);
        }
    }

    private ChildProcess run() {
        var words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=" + logging(),
                "-cp",
                System.getProperty("java.class.path"),
                "kafka.Kafka",
                properties().toString());
        var started =
                ChildProcess.start(new ChildProcess.Command("kafka", words, Map.of(), folder, "TERM", STOP_BOUND));
        started.await(() -> Ports.isServed(port), START_BOUND);
        started.await(this::serves, START_BOUND);
        return started;
    }

    /// The listener is open before the controller lets the broker serve.
    private boolean serves() {
        try (var admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap(),
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                50))) {
            return !admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path properties() {
        return folder.resolve("server.properties");
    }

    private Path logging() {
        return folder.resolve("logback.xml");
    }
}
