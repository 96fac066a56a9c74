package dev.rookery.functions.ledger.audit;

import dev.rookery.functions.ledger.audit.Examination.Examined;
import dev.rookery.functions.ledger.audit.Examination.NotExamined;
import dev.rookery.functions.ledger.seal.PublicSealKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads the ledger and what functions have recorded with it, in one snapshot, and checks everything that can be
/// checked. Changes nothing, and may run beside a platform that is at work.
///
/// The order is what makes that safe: first it asks how far seals were published, then the sources are opened,
/// and then comes the snapshot. So what was published by then has to be in the sources, and what the sources
/// hold has to be in the snapshot, whatever goes on meanwhile.
public final class Audit {

    private static final String PUBLISHED = "select coalesce(max(n), 0) from ledger.seal_publication";

    private static final String NO_SEALS =
            "there are no seals: a tail that was cut off and an older copy are not found without them";

    private final Optional<PublicSealKey> key;

    /// @param key of seals; their signatures are not checked without it
    public Audit(Optional<PublicSealKey> key) {
        this.key = key;
    }

    /// @param connection of somebody who may read the schemas of the ledger and of functions; its transaction is
    ///                   ended
    /// @param sources    opened when they are asked for
    /// @param each       told what came of each check, as soon as it is known
    public List<Examination> run(
            Connection connection, Supplier<List<SealSource>> sources, Consumer<Examination> each) {
        try {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var snapshot = new Snapshot(connection);
            long published = snapshot.number(PUBLISHED);
            connection.rollback();
            var opened = sources.get();
            try {
                return examine(snapshot, opened, published, each);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    /// In the transaction that the snapshot is of, which stays open.
    List<Examination> examine(Snapshot snapshot, List<SealSource> sources, long published, Consumer<Examination> each)
            throws SQLException {
        var invariants = new Invariants(Schemas.of(snapshot));
        var came = new ArrayList<Examination>();
        Consumer<Examination> both = each.andThen(came::add);
        for (var check : invariants.checks()) {
            both.accept(examine(check, snapshot));
        }
        for (var source : sources) {
            both.accept(seals(examine(new SealCheck(source, key, published), snapshot)));
        }
        if (sources.isEmpty()) {
            both.accept(new NotExamined("I11 seals", "what was sealed is still in the database", NO_SEALS));
        }
        invariants.unseen().forEach(both);
        return List.copyOf(came);
    }

    /// No seals, no proof: a ledger that was never sealed is not taken for one whose seals all fit.
    private static Examination seals(Examined examined) {
        return examined.rows() == 0 && examined.broken() == 0
                ? new NotExamined(examined.check(), examined.sentence(), NO_SEALS)
                : examined;
    }

    private static Examined examine(Check check, Snapshot snapshot) throws SQLException {
        long begun = System.nanoTime();
        var findings = new Findings(check.name());
        long rows = check.look(snapshot, findings);
        return new Examined(
                check.name(),
                check.sentence(),
                rows,
                findings.count(),
                findings.kept(),
                Duration.ofNanos(System.nanoTime() - begun));
    }
}
