package dev.rookery.gateway;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.gateway.token.DevTokens;
import dev.rookery.gateway.transport.GatewayServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// A gateway process with settings of its own, for one test class.
final class RunningGateway implements BeforeAllCallback, AfterAllCallback {

    private static final String SECRET = "the secret of all gateways under test";

    private final List<String> settings;
    private Backing backing;
    private ConfigurableApplicationContext application;

    private RunningGateway(List<String> settings) {
        this.settings = settings;
    }

    /// @param settings `name=value`, besides those that every gateway needs
    static RunningGateway with(String... settings) {
        return new RunningGateway(List.of(settings));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        backing = Backing.of(context);
        application = start(settings);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        application.close();
    }

    /// Another one beside it, on the same Kafka and Redis.
    ConfigurableApplicationContext start(List<String> more) throws Exception {
        return SpringApplication.run(GatewayApplication.class, arguments(more).toArray(String[]::new));
    }

    /// Another one in a process of its own, which can be killed; it says nothing.
    Process startProcess(List<String> more) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayApplication.class.getName()));
        command.addAll(arguments(more));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    private List<String> arguments(List<String> more) throws Exception {
        var catalog = Path.of(
                        RunningGateway.class.getResource("/catalog/probe.json").toURI())
                .getParent();
        var arguments = new ArrayList<>(List.of(
                "--PORT=0",
                "--SERVER_ADDRESS=127.0.0.1",
                "--MANAGEMENT_SERVER_PORT=0",
                "--MANAGEMENT_SERVER_ADDRESS=127.0.0.1",
                "--ROOKERY_CATALOG_DIRECTORY=" + catalog,
                "--ROOKERY_KAFKA_BOOTSTRAP=" + backing.kafka().bootstrap(),
                "--ROOKERY_REDIS_URL=" + backing.redis().url(),
                "--ROOKERY_TOKEN_SECRET=" + SECRET));
        more.forEach(setting -> arguments.add("--" + setting));
        return arguments;
    }

    Backing backing() {
        return backing;
    }

    Probe probe() {
        return backing.probe();
    }

    int port() {
        return portOf(application);
    }

    static int portOf(ConfigurableApplicationContext application) {
        return application.getBean(GatewayServer.class).port();
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    URI management(String path) {
        return management(application, path);
    }

    static URI management(ConfigurableApplicationContext application, String path) {
        return URI.create(
                "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.management.port") + path);
    }

    /// Connections that the gateway counts as open.
    double open() {
        return application
                .getBean(MeterRegistry.class)
                .get("rookery.gateway.active_connections")
                .tag("state", "open")
                .gauge()
                .value();
    }

    /// Connections that came to this, as the gateway counts them.
    double attempts(String outcome) {
        var counter = application
                .getBean(MeterRegistry.class)
                .find("rookery.gateway.connection.attempts")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    /// Whether the gateway still follows the player's channel: it does while the player is connected.
    boolean follows(PlayerId player) {
        var channel = PlayerStreams.channel(player);
        return !Long.valueOf(0)
                .equals(backing.redisConnection().sync().pubsubNumsub(channel).get(channel));
    }

    Client connect() {
        return Client.connect(port());
    }

    /// Connected and welcome.
    Client welcome(PlayerId player) {
        return welcome(player, port());
    }

    static Client welcome(PlayerId player, int port) {
        var client = Client.connect(port);
        client.send(hello(player));
        client.next("welcome");
        return client;
    }

    static String hello(PlayerId player) {
        return helloWith(token(player));
    }

    static String helloWith(String token) {
        return "{\"op\":\"hello\",\"token\":\"" + token + "\"}";
    }

    static String resume(PlayerId player, String epoch, long seq) {
        return "{\"op\":\"hello\",\"token\":\"%s\",\"resume\":{\"epoch\":\"%s\",\"seq\":%d}}"
                .formatted(token(player), epoch, seq);
    }

    static String token(PlayerId player) {
        return token(player, Instant.now().plus(Duration.ofHours(1)));
    }

    static String token(PlayerId player, Instant expires) {
        return new DevTokens(SECRET, Duration.ZERO, InstantSource.fixed(expires)).issue(player);
    }

    static String strangersToken(PlayerId player) {
        return new DevTokens("another secret, of another platform", Duration.ofHours(1), InstantSource.system())
                .issue(player);
    }

    static String unsignedToken(PlayerId player) {
        return new PlainJWT(new JWTClaimsSet.Builder()
                        .subject(player.value())
                        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                        .build())
                .serialize();
    }
}
