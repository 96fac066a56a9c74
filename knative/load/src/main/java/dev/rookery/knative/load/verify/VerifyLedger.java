package dev.rookery.knative.load.verify;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.functions.ledger.audit.Audit;
import dev.rookery.functions.ledger.audit.SealSource;
import dev.rookery.functions.ledger.seal.PublicSealKey;
import dev.rookery.knative.load.platform.OnPlatform;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./rookery verify ledger`.
@Command(
        name = "ledger",
        description = "Audits the ledger of a running platform: the chain, its seals, and what has to be so in every"
                + " ledger. Exits with 1 when something is not.")
final class VerifyLedger implements Callable<Integer> {

    /// Beside the key itself, in the platform's data folder.
    private static final String PUBLIC_KEY = "seal-key.pub";

    @Mixin
    private OnPlatform platform = new OnPlatform();

    @Option(
            names = "--seals",
            paramLabel = "FILE",
            description = "seals that were kept elsewhere, beside those of the topic " + Topics.LEDGER_SEALS)
    private @Nullable Path seals;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the public key of the seals, as PEM (default: the platform's own)")
    private @Nullable Path key;

    @Option(names = "--json", description = "prints everything as JSON")
    private boolean isJson;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var running = platform.find();
        var opened = new ArrayList<AutoCloseable>();
        try (var connection = connect(running.postgres())) {
            var came = new Audit(publicKey(running))
                    .run(
                            connection,
                            () -> open(running, opened),
                            each -> print(isJson ? List.of() : AuditTable.lines(each)));
            print(isJson ? List.of(JsonMapper.shared().writeValueAsString(came)) : AuditTable.end(came));
            return AuditTable.isSound(came) ? 0 : 1;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "PostgreSQL cannot be read at " + running.postgres().url(), e);
        } finally {
            close(opened);
        }
    }

    private List<SealSource> open(RunningPlatform running, List<AutoCloseable> opened) {
        var sources = new ArrayList<SealSource>();
        var topic = SealedTopic.open(running.kafka());
        opened.add(topic);
        sources.add(new SealSource(Topics.LEDGER_SEALS, topic));
        if (seals != null) {
            var file = SealedFile.open(seals);
            opened.add(file);
            sources.add(new SealSource(seals.toString(), file));
        }
        return sources;
    }

    private Optional<PublicSealKey> publicKey(RunningPlatform running) {
        var file = key == null ? running.data().resolve(PUBLIC_KEY) : key;
        if (key == null && !Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(PublicSealKey.parse(read(file)));
    }

    private void print(List<String> lines) {
        var out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    private static Connection connect(RunningPlatform.Postgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.url(), postgres.user(), read(postgres.passwordFile()).strip());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static void close(List<AutoCloseable> opened) {
        for (var each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("seals cannot be closed", e);
            }
        }
    }
}
