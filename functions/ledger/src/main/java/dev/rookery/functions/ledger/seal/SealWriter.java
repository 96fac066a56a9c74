package dev.rookery.functions.ledger.seal;

import dev.rookery.eventing.delivery.Chore;
import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.chain.Head;
import java.math.BigInteger;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the next seal and publishes it; run at intervals, by any number of instances, of which one at a time
/// does it.
///
/// A seal is in the database before it is published, and is noted as published when it is known to be: one whose
/// writer died in between is published by the next run, and whoever reads seals may find one twice.
public final class SealWriter implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger(SealWriter.class);

    /// In one run; what is left is for the next one.
    private static final int MAX_PUBLISHED = 100;

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('ledger.seal'))";

    private static final String FORMER = "select content, signature from seal order by n desc limit 1";

    private static final String HEADS = "select stripe, n, encode(hash, 'hex') as hash from chain_head order by stripe";

    /// Off the primary key: counting whole tables every minute is what this is instead of.
    private static final String SINCE = """
            select coalesce(sum(link.transfers), 0) as transfers, coalesce(sum(link.outcomes), 0) as outcomes
            from unnest(?, ?) as former (stripe, n)
            join link on link.stripe = former.stripe and link.n > former.n""";

    private static final String ACCOUNTS = """
            select currency, count(*) as accounts, sum(balance) as balances, sum(abs(balance)) as absolute
            from account group by currency order by currency""";

    private static final String INSERT =
            "insert into seal (n, at, content, signature) values (?, ?::timestamptz, ?, ?)";

    private static final String UNPUBLISHED = """
            select n, content, signature from seal
            where not exists (select from seal_publication where seal_publication.n = seal.n)
            order by n limit ?""";

    private static final String PUBLISHED = "insert into seal_publication (n) values (?)";

    private final DSLContext db;
    private final InstantSource clock;
    private final Optional<SealKey> key;
    private final List<Consumer<SignedSeal>> places;
    private final AtomicBoolean isSaid = new AtomicBoolean();

    /// @param key    no seals are made without one
    /// @param places where seals are published; each returns when it has the seal for good, and takes one twice
    public SealWriter(DSLContext db, InstantSource clock, Optional<SealKey> key, List<Consumer<SignedSeal>> places) {
        this.db = db;
        this.clock = clock;
        this.key = key;
        this.places = List.copyOf(places);
    }

    @Override
    public String name() {
        return "seal";
    }

    /// Makes no seal when nothing has happened since the last one.
    ///
    /// @throws RuntimeException when a seal is not known to be published; the next run publishes it
    @Override
    public void run() {
        key.ifPresentOrElse(this::run, this::say);
    }

    /// The lock is held in a transaction of its own, until everything is published: the next one waits for no
    /// seal, and takes its snapshot after this one has committed.
    private void run(SealKey present) {
        db.transaction(locked -> {
            if (locked.dsl().fetchSingle(LOCK).get(0, Boolean.class)) {
                db.transaction(sealing -> seal(sealing.dsl(), present));
                publish();
            }
        });
    }

    private void say() {
        if (!isSaid.getAndSet(true)) {
            LOG.warn("the ledger is not sealed: rookery.ledger.seal-key is not set");
        }
    }

    private void seal(DSLContext transaction, SealKey present) {
        // Heads, links and accounts as they were at one moment.
        transaction.execute("set transaction isolation level repeatable read");
        var former = transaction
                .fetchOptional(FORMER)
                .map(row -> new SignedSeal(row.get("content", String.class), row.get("signature", String.class)))
                .orElse(null);
        var heads = transaction
                .fetch(HEADS)
                .map(row -> new Head(
                        row.get("stripe", Integer.class),
                        row.get("n", Long.class),
                        new Hash(row.get("hash", String.class))));
        var next = next(transaction, former, heads);
        if (next != null) {
            var signed = present.sign(next);
            transaction.execute(INSERT, next.n(), next.at().toString(), signed.content(), signed.signature());
        }
    }

    private @Nullable Seal next(DSLContext transaction, @Nullable SignedSeal signed, List<Head> heads) {
        var former = signed == null ? null : signed.seal();
        var from = heads.stream()
                .map(head -> former == null ? Head.before(head.stripe()) : former.head(head.stripe()))
                .toList();
        if (from.equals(heads)) {
            return null;
        }
        var since = transaction.fetchSingle(
                SINCE,
                from.stream().map(Head::stripe).toArray(Integer[]::new),
                from.stream().map(Head::n).toArray(Long[]::new));
        var before = former == null ? Seal.Counts.NONE : former.counts();
        var sums = new TreeMap<String, Seal.Sums>();
        long accounts = 0;
        for (var row : transaction.fetch(ACCOUNTS)) {
            accounts += row.get("accounts", Long.class);
            sums.put(
                    row.get("currency", String.class),
                    new Seal.Sums(row.get("balances", BigInteger.class), row.get("absolute", BigInteger.class)));
        }
        return new Seal(
                former == null ? 1 : former.n() + 1,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                heads,
                new Seal.Counts(
                        before.transfers() + since.get("transfers", Long.class),
                        before.outcomes() + since.get("outcomes", Long.class),
                        accounts,
                        heads.stream().mapToLong(Head::n).sum()),
                sums,
                signed == null ? Hash.ZERO : signed.hash());
    }

    private void publish() {
        for (var row : db.fetch(UNPUBLISHED, MAX_PUBLISHED)) {
            var seal = new SignedSeal(row.get("content", String.class), row.get("signature", String.class));
            places.forEach(place -> place.accept(seal));
            db.execute(PUBLISHED, row.get("n", Long.class));
        }
    }
}
