package dev.rookery.functions.ledger.audit;

import dev.rookery.functions.ledger.chain.Covered;
import dev.rookery.functions.ledger.chain.Entry;
import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.chain.Head;
import dev.rookery.functions.ledger.chain.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Computes every link again.
///
/// Links, transfers and outcomes come as three streams in the order of stripe and number, which the database
/// sorts them into; so one link with its rows is in memory at a time. Each is computed from the hash that is
/// stored before it: what was changed at one place is found at that place, and not at every one behind it.
record ChainCheck(Schemas schemas) implements Check {

    private static final int MAX_NAMED = 5;

    private static final String LINKS = """
            select stripe, n, at, batch, transfers, outcomes, encode(hash, 'hex') as hash
            from ledger.link order by stripe, n""";

    @Override
    public String name() {
        return "I11 chain";
    }

    @Override
    public String sentence() {
        return "every link's hash is that of the link before it, its transfers and its outcomes";
    }

    @Override
    public long look(Snapshot snapshot, Findings findings) throws SQLException {
        long count = 0;
        try (var links = snapshot.ask(LINKS);
                var transfers = LinkedRows.of(snapshot, Covered.TRANSFER, "ledger.transfer as transfer");
                var outcomes = LinkedRows.of(snapshot, Covered.OUTCOME, schemas.outcomes())) {
            var head = Head.before(-1);
            while (links.next()) {
                var link = link(links);
                if (link.stripe() != head.stripe()) {
                    head = Head.before(link.stripe());
                }
                verify(head, link, transfers.of(link), outcomes.of(link), findings);
                head = link.head();
                count++;
            }
        }
        return count;
    }

    private static void verify(
            Head head, Link link, List<LinkedRows.Row> transfers, List<LinkedRows.Row> outcomes, Findings findings) {
        var row = "link " + link.stripe() + "/" + link.n();
        if (link.n() != head.n() + 1) {
            findings.add(
                    row,
                    "comes after link " + link.stripe() + "/" + head.n(),
                    "link " + link.stripe() + "/" + (head.n() + 1) + " before it");
            return;
        }
        var computed = Link.after(head, link.at(), link.batch(), entries(transfers), entries(outcomes));
        if (computed.transfers() != link.transfers() || computed.outcomes() != link.outcomes()) {
            findings.add(
                    row + ", " + named(transfers, outcomes),
                    computed.transfers() + " transfers and " + computed.outcomes() + " outcomes",
                    link.transfers() + " and " + link.outcomes());
        } else if (!computed.hash().equals(link.hash())) {
            findings.add(
                    row + ", " + named(transfers, outcomes),
                    "their hash is " + computed.hash(),
                    link.hash() + ", as the link says");
        }
    }

    private static List<Entry> entries(List<LinkedRows.Row> rows) {
        return rows.stream().map(LinkedRows.Row::entry).toList();
    }

    /// So that somebody knows where to look; a link names no row.
    private static String named(List<LinkedRows.Row> transfers, List<LinkedRows.Row> outcomes) {
        var names = Stream.concat(
                        transfers.stream().limit(MAX_NAMED), outcomes.stream().limit(MAX_NAMED))
                .map(LinkedRows.Row::name)
                .collect(Collectors.joining(", "));
        boolean isAll = transfers.size() <= MAX_NAMED && outcomes.size() <= MAX_NAMED;
        return names.isEmpty() ? "with no rows" : names + (isAll ? "" : " …");
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getInt("stripe"),
                row.getLong("n"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("batch", UUID.class),
                row.getInt("transfers"),
                row.getInt("outcomes"),
                new Hash(row.getString("hash")));
    }
}
