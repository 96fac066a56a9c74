package dev.rookery.knative.local.ops;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What can be said of the ledger at a glance; `./rookery verify ledger` is what examines it.
sealed interface LedgerHealth {

    /// @param accounts         of all kinds
    /// @param transfers        ever made: each counts in the version of two accounts
    /// @param lastTransfer     null when there is none
    /// @param seals            made
    /// @param lastSeal         null when there is none
    /// @param unpublishedSeals that are not known to be outside the database
    /// @param untold           outcomes of which it is not known that they were told, by function
    record Known(
            List<Balance> balances,
            long accounts,
            long openHolds,
            long transfers,
            @Nullable Instant lastTransfer,
            long seals,
            @Nullable Instant lastSeal,
            long unpublishedSeals,
            Map<String, Long> untold)
            implements LedgerHealth {

        public Known {
            balances = List.copyOf(balances);
            untold = Map.copyOf(untold);
        }
    }

    /// @param error why nothing can be said, for people
    record Unknown(String error) implements LedgerHealth {}

    /// One currency, in its minor units.
    ///
    /// @param scale     digits behind the point
    /// @param imbalance the sum of all balances: anything but 0 is money from nowhere
    /// @param players   what players have
    /// @param held      part of it that is promised
    record Balance(String currency, int scale, long imbalance, long players, long held) {}

    /// @param functions whose outcomes are counted
    static LedgerHealth read(Connection primary, Collection<String> functions) throws SQLException {
        try (var statement = primary.createStatement();
                var there = statement.executeQuery("select to_regclass('ledger.transfer') is not null")) {
            there.next();
            if (!there.getBoolean(1)) {
                return new Unknown("schema ledger: is not there (expected: once a function has made it)");
            }
        }
        return known(primary, functions);
    }

    private static Known known(Connection primary, Collection<String> functions) throws SQLException {
        var balances = new ArrayList<Balance>();
        long accounts = 0;
        long versions = 0;
        try (var statement = primary.createStatement();
                var rows = statement.executeQuery("""
                        select code, scale, sum(balance), coalesce(sum(balance) filter (where kind = 'player'), 0),
                               sum(held), count(*), sum(version)
                        from ledger.account join ledger.currency on code = currency
                        group by code, scale order by code""")) {
            while (rows.next()) {
                balances.add(new Balance(
                        rows.getString(1), rows.getInt(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
                accounts += rows.getLong(6);
                versions += rows.getLong(7);
            }
        }
        try (var statement = primary.createStatement();
                var row = statement.executeQuery("""
                        select (select count(*) from ledger.hold where state = 'open'),
                               (select at from ledger.transfer order by id desc limit 1),
                               (select coalesce(max(n), 0) from ledger.seal),
                               (select at from ledger.seal order by n desc limit 1),
                               (select count(*) from ledger.seal
                                where not exists (select from ledger.seal_publication as told where told.n = seal.n))
                        """)) {
            row.next();
            return new Known(
                    balances,
                    accounts,
                    row.getLong(1),
                    versions / 2,
                    instant(row, 2),
                    row.getLong(3),
                    instant(row, 4),
                    row.getLong(5),
                    untold(primary, functions));
        }
    }

    private static Map<String, Long> untold(Connection primary, Collection<String> functions) throws SQLException {
        var untold = new TreeMap<String, Long>();
        for (var function : functions) {
            try (var statement = primary.createStatement();
                    var row =
                            statement.executeQuery("select count(*) from " + Primary.schema(function) + ".unemitted")) {
                row.next();
                untold.put(function, row.getLong(1));
            }
        }
        return untold;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
