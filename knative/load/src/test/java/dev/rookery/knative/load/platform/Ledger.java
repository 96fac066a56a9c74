package dev.rookery.knative.load.platform;

import dev.rookery.knative.local.RunningPlatform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables of wallet and ledger as somebody sees them who may see everything.
record Ledger(RunningPlatform.Postgres postgres) {

    /// Transfers from or to a player's account, oldest first: `amount trace`, negative when it went out.
    List<String> transfers(String player) {
        return rows(
                "select (case when credit like ? then amount else -amount end) || ' ' || trace_id from ledger.transfer"
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
        return rows("select balance || ' ' || currency from ledger.account where owner = ? order by currency", player);
    }

    /// What all players have whose names begin alike, and who did nothing but deposit.
    Booked booked(String names) {
        var like = names + "%";
        return new Booked(
                number("select count(*) from wallet.inbox where ending = 'done' and source like ?", "/players/" + like),
                number("select count(*) from wallet.inbox where source like ?", "/players/" + like),
                number("select count(*) from ledger.transfer where credit like ?", "player/" + like),
                number("select coalesce(sum(balance), 0) from ledger.account where owner like ?", like));
    }

    /// @param done      commands that had an effect
    /// @param decided   commands that have an outcome
    /// @param transfers to their accounts
    /// @param balance   of all of them, in minor units
    record Booked(long done, long decided, long transfers, long balance) {}

    /// Accounts whose balance is not the sum of their transfers.
    List<String> wrongBalances() {
        return rows(
                "select a.id from ledger.account a where a.balance <> coalesce((select sum(case when t.credit = a.id"
                        + " then t.amount else -t.amount end) from ledger.transfer t where a.id in (t.credit, t.debit)), 0)");
    }

    /// Currencies in which money was made or lost.
    List<String> imbalances() {
        return rows("select currency from ledger.account group by currency having sum(balance) <> 0");
    }

    /// Plants a defect that hits one player alone.
    void whileNothingIsBookedFor(String player, Runnable meanwhile) {
        var name = "closed_for_" + player.replace('-', '_');
        execute("create function wallet." + name + "() returns trigger language plpgsql as"
                + " $$ begin raise exception 'the books are closed'; end $$");
        execute("create trigger " + name + " before insert on ledger.transfer for each row when (new.credit like '"
                + account(player) + "') execute function wallet." + name + "()");
        try {
            meanwhile.run();
        } finally {
            execute("drop function wallet." + name + " cascade");
        }
    }

    private static String account(String player) {
        return "player/" + player + "/%";
    }

    private long number(String question, String... parameters) {
        return Long.parseLong(rows(question, parameters).getFirst());
    }

    private void execute(String change) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(change);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection(
                    postgres.url(), postgres.user(), Files.readString(postgres.passwordFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> rows(String question, String... parameters) {
        try (var connection = connect();
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
        }
    }
}
