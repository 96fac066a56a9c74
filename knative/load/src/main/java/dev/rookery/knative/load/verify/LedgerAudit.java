package dev.rookery.knative.load.verify;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.functions.ledger.audit.Audit;
import dev.rookery.functions.ledger.audit.Examination;
import dev.rookery.functions.ledger.audit.SealSource;
import dev.rookery.functions.ledger.seal.PublicSealKey;
import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The audit of a running platform's ledger, with the seals of its topic.
///
/// @param seals that were kept elsewhere; null for none
/// @param key   the public key of the seals, as PEM; null for the platform's own
public record LedgerAudit(
        RunningPlatform running,
        @Nullable Path seals,
        @Nullable Path key) {

    /// Beside the key itself, in the platform's data folder.
    private static final String PUBLIC_KEY = "seal-key.pub";

    /// With the seals of the topic and the platform's own key.
    ///
    /// @throws IllegalStateException when PostgreSQL or Kafka cannot be read
    public static List<Audited> of(RunningPlatform running) {
        return new LedgerAudit(running, null, null)
                .run(_ -> {}).stream().map(Audited::of).toList();
    }

    /// @param each told what came of each check, as soon as it is known
    List<Examination> run(Consumer<Examination> each) {
        var opened = new ArrayList<AutoCloseable>();
        try (var connection = running.postgres().connect()) {
            return new Audit(publicKey()).run(connection, () -> open(opened), each);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "PostgreSQL cannot be read at " + running.postgres().url(), e);
        } finally {
            close(opened);
        }
    }

    private List<SealSource> open(List<AutoCloseable> opened) {
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

    private Optional<PublicSealKey> publicKey() {
        var file = key == null ? running.data().resolve(PUBLIC_KEY) : key;
        if (key == null && !Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(PublicSealKey.parse(read(file)));
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
