package dev.rookery.knative.load.platform;

import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The wallet's tables as somebody sees them who may see everything.
record Ledger(RunningPlatform.Postgres postgres) {

    /// Transfers from or to a player's account, oldest first: `amount trace`, negative when it went out.
    List<String> transfers(String player) {
        return rows(
                "select (case when credit like ? then amount else -amount end) || ' ' || trace_id from wallet.transfer"
                        + " where credit like ? or debit like ? order by id",
                account(player),
                account(player),
                account(player));
    }

    /// Commands of a player that have an outcome.
    List<String> decided(String player) {
        return rows("select id from wallet.inbox where source = ? order by recorded_at", "/players/" + player);
    }

    List<String> balances(String player) {
        return rows("select balance || ' ' || currency from wallet.account where owner = ? order by currency", player);
    }

    /// Accounts whose balance is not the sum of their transfers.
    List<String> wrongBalances() {
        return rows(
                "select a.id from wallet.account a where a.balance <> coalesce((select sum(case when t.credit = a.id"
                        + " then t.amount else -t.amount end) from wallet.transfer t where a.id in (t.credit, t.debit)), 0)");
    }

    /// Currencies in which money was made or lost.
    List<String> imbalances() {
        return rows("select currency from wallet.account group by currency having sum(balance) <> 0");
    }

    private static String account(String player) {
        return "player/" + player + "/%";
    }

    private List<String> rows(String question, String... parameters) {
        try (var connection = DriverManager.getConnection(
                        postgres.url(), postgres.user(), Files.readString(postgres.passwordFile()));
                var statement = connection.prepareStatement(question)) {
            for (int n = 0; n < parameters.length; n++) {
                statement.setString(n + 1, parameters[n]);
            }
            var rows = new ArrayList<String>();
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
