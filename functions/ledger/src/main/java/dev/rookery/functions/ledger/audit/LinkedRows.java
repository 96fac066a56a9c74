package dev.rookery.functions.ledger.audit;

import dev.rookery.functions.ledger.chain.Covered;
import dev.rookery.functions.ledger.chain.Entry;
import dev.rookery.functions.ledger.chain.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Rows that links cover, a link's at a time. A link's are sorted here, as its writer sorts them: the database
/// may have another idea of the order of texts.
final class LinkedRows implements AutoCloseable {

    private final Covered covered;
    private final ResultSet rows;
    private boolean isThere;

    private LinkedRows(Covered covered, ResultSet rows) throws SQLException {
        this.covered = covered;
        this.rows = rows;
        this.isThere = rows.next();
    }

    /// @param table named as what it holds
    static LinkedRows of(Snapshot snapshot, Covered covered, String table) throws SQLException {
        var name = covered.name().toLowerCase(Locale.ROOT);
        var columns =
                covered.columns().stream().map(column -> name + "." + column).collect(Collectors.joining(", "));
        return new LinkedRows(
                covered,
                snapshot.ask("select link.stripe, link.n, " + columns + " from ledger.link join " + table + " on "
                        + name + ".batch = link.batch order by link.stripe, link.n"));
    }

    /// Of the next link: asked for each, in the order of stripe and number.
    List<Row> of(Link link) throws SQLException {
        var found = new ArrayList<Row>();
        while (isThere && rows.getInt(1) == link.stripe() && rows.getLong(2) == link.n()) {
            found.add(row());
            isThere = rows.next();
        }
        found.sort(order());
        return found;
    }

    private Row row() throws SQLException {
        var values = new String[covered.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.getString(i + 3);
        }
        return new Row(values[0], values[1], covered, covered.entry((Object[]) values));
    }

    private Comparator<Row> order() {
        return switch (covered) {
            case TRANSFER -> Comparator.comparingLong(row -> Long.parseLong(row.first()));
            case OUTCOME -> Comparator.comparing(Row::first).thenComparing(Row::second);
        };
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    /// @param first  column, and the
    /// @param second one: the primary key, as far as it is in the chain
    record Row(String first, String second, Covered covered, Entry entry) {

        String name() {
            return switch (covered) {
                case TRANSFER -> "transfer " + first;
                case OUTCOME -> "outcome " + first + " " + second;
            };
        }
    }
}
