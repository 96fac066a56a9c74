package dev.rookery.functions.ledger.audit;

import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.chain.Head;
import dev.rookery.functions.ledger.seal.PublicSealKey;
import dev.rookery.functions.ledger.seal.Seal;
import dev.rookery.functions.ledger.seal.SignedSeal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds the seals of one source against the database: what was sealed is still there and still the same.
///
/// Seals are looked up some hundred at a time, so neither they nor the links that they name have to fit in
/// memory.
final class SealCheck implements Check {

    private static final int AT_A_TIME = 500;

    private static final String STORED = "select n, content from ledger.seal where n = any (?)";

    private static final String LINKS = """
            select link.stripe, link.n, encode(link.hash, 'hex')
            from unnest(?, ?) as sealed (stripe, n)
            join ledger.link on link.stripe = sealed.stripe and link.n = sealed.n""";

    private static final String COUNTED = """
            select coalesce(sum(link.transfers), 0), coalesce(sum(link.outcomes), 0), count(*)
            from unnest(?, ?) as sealed (stripe, n)
            join ledger.link on link.stripe = sealed.stripe and link.n <= sealed.n""";

    private final SealSource source;
    private final Optional<PublicSealKey> key;
    private final long published;
    private @Nullable Read former;

    /// @param published the newest seal that the database had noted as published before the source was opened; 0
    ///                  when none
    SealCheck(SealSource source, Optional<PublicSealKey> key, long published) {
        this.source = source;
        this.key = key;
        this.published = published;
    }

    @Override
    public String name() {
        return "I11 seals of " + source.name();
    }

    @Override
    public String sentence() {
        return "every seal is genuine, follows the one before it, and what it says is still in the database"
                + (key.isEmpty() ? " (signatures were not checked: no public key was given)" : "");
    }

    @Override
    public long look(Snapshot snapshot, Findings findings) throws SQLException {
        long count = 0;
        var some = new ArrayList<Read>();
        @Nullable String torn = null;
        for (var line : source.lines()) {
            torn = reportUnlessBegunAgain(torn, line, findings);
            var seal = read(line);
            if (seal == null) {
                torn = line;
                continue;
            }
            count++;
            some.add(seal);
            if (some.size() == AT_A_TIME) {
                look(snapshot, some, findings);
                some.clear();
            }
        }
        if (torn != null) {
            reportUnreadable(torn, findings);
        }
        look(snapshot, some, findings);
        lookAtNewest(snapshot, findings);
        return count;
    }

    /// Whoever dies while a line is written leaves the beginning of one, and the seal is published again.
    private @Nullable String reportUnlessBegunAgain(@Nullable String torn, String next, Findings findings) {
        if (torn != null && !next.startsWith(torn)) {
            reportUnreadable(torn, findings);
        }
        return null;
    }

    private void reportUnreadable(String line, Findings findings) {
        findings.add("line " + line, "cannot be read", "a seal");
    }

    private static @Nullable Read read(String line) {
        try {
            var signed = SignedSeal.parse(line);
            return new Read(signed, signed.seal());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void look(Snapshot snapshot, List<Read> some, Findings findings) throws SQLException {
        var stored = stored(snapshot, some);
        var links = links(snapshot, some);
        for (var each : some) {
            // Whoever published it may not have lived to know.
            if (!each.equals(former)) {
                var seal = each.seal();
                if (key.isPresent() && !key.get().hasSigned(each.signed())) {
                    findings.add(row(seal), "signature: " + each.signed().signature(), "that of the ledger's key");
                }
                follows(former, seal, findings);
                isStored(each, stored.get(seal.n()), findings);
                isHeld(seal, links, findings);
                former = each;
            }
        }
    }

    private static void follows(@Nullable Read before, Seal seal, Findings findings) {
        long last = before == null ? 0 : before.seal().n();
        var hash = before == null ? Hash.ZERO : before.signed().hash();
        if (seal.n() != last + 1) {
            findings.add(row(seal), last == 0 ? "is the first" : "comes after seal " + last, "seal " + (last + 1));
        } else if (!seal.previous().equals(hash)) {
            findings.add(row(seal), "previous: " + seal.previous(), hash + ", the hash of seal " + last);
        }
    }

    private static void isStored(Read read, @Nullable String stored, Findings findings) {
        var seal = read.seal();
        if (stored == null) {
            findings.add(
                    row(seal),
                    "the database has no such seal",
                    "one of " + seal.at() + ": it is an older copy, or its seals were deleted");
        } else if (!stored.equals(read.signed().content())) {
            findings.add(
                    row(seal),
                    "the database has another one, " + stored,
                    read.signed().content());
        }
    }

    private static void isHeld(Seal seal, Map<Place, String> links, Findings findings) {
        for (var head : seal.heads()) {
            var link = links.get(new Place(head.stripe(), head.n()));
            if (head.n() > 0 && link == null) {
                findings.add(
                        row(seal),
                        "link " + head.stripe() + "/" + head.n() + " is not there",
                        "the hash " + head.hash() + ", as it was sealed: the chain was cut off, or the database is an"
                                + " older copy");
            } else if (link != null && !link.equals(head.hash().hex())) {
                findings.add(
                        row(seal),
                        "link " + head.stripe() + "/" + head.n() + " has the hash " + link,
                        head.hash() + ", as it was sealed");
            }
        }
        if (seal.heads().stream().mapToLong(Head::n).sum() != seal.counts().links()) {
            findings.add(row(seal), "links: " + seal.counts().links(), "as many as its heads say");
        }
        seal.sums().forEach((currency, sum) -> {
            if (!sum.balances().equals(BigInteger.ZERO)) {
                findings.add(row(seal), "balances in " + currency + " sum up to " + sum.balances(), "0");
            }
        });
    }

    /// The counts of the newest cover those of all before it.
    private void lookAtNewest(Snapshot snapshot, Findings findings) throws SQLException {
        var newest = former;
        long last = newest == null ? 0 : newest.seal().n();
        if (last < published) {
            findings.add(
                    "seal " + (last + 1),
                    "not in " + source.name(),
                    "every seal up to " + published + ", which the database has as published");
        }
        if (newest == null) {
            return;
        }
        var seal = newest.seal();
        try (var statement = snapshot.prepare(COUNTED)) {
            bind(snapshot, statement, seal.heads());
            try (var counted = statement.executeQuery()) {
                counted.next();
                count(seal, "transfers", counted.getLong(1), seal.counts().transfers(), findings);
                count(seal, "outcomes", counted.getLong(2), seal.counts().outcomes(), findings);
                count(seal, "links", counted.getLong(3), seal.counts().links(), findings);
            }
        }
        long accounts = snapshot.number("select count(*) from ledger.account");
        if (accounts < seal.counts().accounts()) {
            findings.add(
                    row(seal),
                    "accounts: " + accounts,
                    "at least " + seal.counts().accounts() + ", as it was sealed");
        }
    }

    private static void count(Seal seal, String what, long found, long sealed, Findings findings) {
        if (found != sealed) {
            findings.add(row(seal), what + " up to its heads: " + found, sealed + ", as it was sealed");
        }
    }

    private static Map<Long, String> stored(Snapshot snapshot, List<Read> some) throws SQLException {
        var stored = new HashMap<Long, String>();
        try (var statement = snapshot.prepare(STORED)) {
            var numbers = some.stream().map(read -> read.seal().n()).toArray(Long[]::new);
            statement.setArray(1, snapshot.connection().createArrayOf("bigint", numbers));
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    stored.put(found.getLong(1), found.getString(2));
                }
            }
        }
        return stored;
    }

    private static Map<Place, String> links(Snapshot snapshot, List<Read> some) throws SQLException {
        var links = new HashMap<Place, String>();
        var heads = some.stream()
                .flatMap(read -> read.seal().heads().stream())
                .distinct()
                .toList();
        try (var statement = snapshot.prepare(LINKS)) {
            bind(snapshot, statement, heads);
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    links.put(new Place(found.getInt(1), found.getLong(2)), found.getString(3));
                }
            }
        }
        return links;
    }

    private static void bind(Snapshot snapshot, PreparedStatement statement, List<Head> heads) throws SQLException {
        var connection = snapshot.connection();
        statement.setArray(
                1,
                connection.createArrayOf("int", heads.stream().map(Head::stripe).toArray(Integer[]::new)));
        statement.setArray(
                2,
                connection.createArrayOf("bigint", heads.stream().map(Head::n).toArray(Long[]::new)));
    }

    private static String row(Seal seal) {
        return "seal " + seal.n();
    }

    private record Read(SignedSeal signed, Seal seal) {}

    private record Place(int stripe, long n) {}
}
