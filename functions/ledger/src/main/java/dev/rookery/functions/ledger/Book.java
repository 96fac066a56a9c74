package dev.rookery.functions.ledger;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.ledger.protection.Activity;
import dev.rookery.functions.ledger.protection.LimitRule;
import dev.rookery.functions.ledger.protection.Player;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The money of the players of one transaction, in memory and under their locks: rules look at it and move it, and
/// [Ledger] writes what they did. Of pots that are everybody's, such as the house's, it knows only what was there a
/// moment ago and what was moved here; the database has the last word on them.
///
/// Lives as long as one transaction, in one thread.
public final class Book {

    private final Instant now;
    private final Found found;
    private final Map<PlayerId, Player> players;
    private final Map<AccountId, Account> accounts;
    private final Map<AccountId, Activity> activities;
    private final Map<AccountId, Long> shared;
    private final Map<String, Hold> holds;
    private final PrimitiveIterator.OfLong transferIds;

    private final Changes changes = new Changes();

    /// @param now         in whole microseconds
    /// @param found       what was read
    /// @param transferIds as many as may be needed, growing
    Book(Instant now, Found found, PrimitiveIterator.OfLong transferIds) {
        this.now = now;
        this.found = found;
        this.players = new LinkedHashMap<>(found.players());
        this.accounts = new LinkedHashMap<>(found.accounts());
        this.activities = new LinkedHashMap<>(found.activities());
        this.shared = new LinkedHashMap<>(found.shared());
        this.holds = new LinkedHashMap<>(found.holds());
        this.transferIds = transferIds;
    }

    /// What was read.
    ///
    /// @param accounts players' own; new ones are empty
    /// @param there    accounts that are in the database, of players and others
    /// @param shared   what may go out of pots that are everybody's, in minor units
    record Found(
            Map<PlayerId, Player> players,
            Map<AccountId, Account> accounts,
            Map<AccountId, Account> there,
            Map<AccountId, Activity> activities,
            Map<AccountId, Long> shared,
            Map<String, Hold> holds) {}

    /// By the function's clock; the same for the whole transaction.
    public Instant now() {
        return now;
    }

    public Player player(PlayerId id) {
        return Objects.requireNonNull(players.get(id), () -> "player: " + id + " is not locked (expected: a need)");
    }

    public void change(Player player) {
        if (!player.equals(players.put(player.id(), player))) {
            changes.players.put(player.id(), player);
        }
    }

    /// Adds a limit to the player's.
    public void limit(PlayerId id, LimitRule rule) {
        change(player(id).limited(rule));
        changes.limits.add(new NewLimit(id, rule));
    }

    /// The player's pot; empty when it is new.
    public Account account(PlayerId player, String currency) {
        return owned(AccountId.of(player, currency));
    }

    /// What the player did in the currency, as far as there are limits.
    public Activity activity(PlayerId player, String currency) {
        return activities.getOrDefault(AccountId.of(player, currency), Activity.none());
    }

    /// What may go out of a pot that is everybody's, as far as is known here.
    public long available(AccountId id) {
        return shared.getOrDefault(id, 0L);
    }

    public Optional<Hold> hold(String id) {
        return Optional.ofNullable(holds.get(id));
    }

    /// Moves money. Whether it may be moved is the rule's to ask before.
    ///
    /// @param cause the command that it is moved for
    /// @throws NullPointerException when a player's account is not one that was locked. A pot that is everybody's
    ///                              and has not enough fails the whole transaction when it is written.
    public Transfer move(
            Command<?> cause,
            AccountId debit,
            AccountId credit,
            long amount,
            Transfer.Code code,
            @Nullable String round) {
        var transfer = transfer(cause, debit, credit, amount, code, round);
        switch (code) {
            case DEPOSIT -> count(credit, new Activity.Sums(amount, 0, 0));
            case STAKE -> count(debit, new Activity.Sums(0, amount, 0));
            case PAYOUT -> count(credit, new Activity.Sums(0, 0, amount));
            case WITHDRAWAL, PROMOTION, JACKPOT, FUNDING -> {}
        }
        return transfer;
    }

    /// Promises money of an account: it stays there until [#post] or [#release].
    public Hold reserve(String id, AccountId account, long amount, Instant expires) {
        var hold = new Hold(id, account, amount, 0, Hold.State.OPEN, now, expires);
        if (holds.putIfAbsent(id, hold) != null) {
            throw new IllegalStateException("hold: " + id + " is there already (expected: a new one)");
        }
        promise(account, amount);
        changes.holds.put(id, hold);
        return hold;
    }

    /// Promises a stake, which counts for the player's limits from now on, whatever becomes of it.
    public Hold stake(String id, AccountId account, long amount, Instant expires) {
        count(account, new Activity.Sums(0, amount, 0));
        return reserve(id, account, amount, expires);
    }

    /// Moves what was promised, or part of it, and gives back the rest. A stake was counted when it was promised.
    public Transfer post(
            Command<?> cause, Hold hold, AccountId credit, long amount, Transfer.Code code, @Nullable String round) {
        end(hold, Hold.State.POSTED, amount);
        return transfer(cause, hold.account(), credit, amount, code, round);
    }

    /// Gives back what was promised.
    ///
    /// @param how voided or expired
    public void release(Hold hold, Hold.State how) {
        end(hold, how, 0);
    }

    /// Gives back a stake: the player has lost nothing by it.
    ///
    /// @param how voided or expired
    public void giveBack(Hold stake, Hold.State how) {
        release(stake, how);
        count(stake.account(), new Activity.Sums(0, 0, stake.amount()));
    }

    Changes changes() {
        return changes;
    }

    /// Accounts that money was moved on or promised, and that may not be in the database yet.
    List<AccountId> opened() {
        return Stream.concat(
                        changes.transfers.stream()
                                .map(Made::transfer)
                                .flatMap(transfer -> Stream.of(transfer.debit(), transfer.credit())),
                        changes.holds.values().stream().map(Hold::account))
                .filter(id -> !found.there().containsKey(id))
                .distinct()
                .sorted()
                .toList();
    }

    /// Players' accounts as they are now, by what they were.
    Map<Account, Account> changed() {
        var changed = new LinkedHashMap<Account, Account>();
        found.accounts().values().stream()
                .sorted(Comparator.comparing(Account::id))
                .filter(before -> !before.equals(accounts.get(before.id())))
                .forEach(before -> changed.put(before, accounts.get(before.id())));
        return changed;
    }

    private Transfer transfer(
            Command<?> cause,
            AccountId debit,
            AccountId credit,
            long amount,
            Transfer.Code code,
            @Nullable String round) {
        var transfer = new Transfer(
                transferIds.nextLong(),
                now,
                debit,
                credit,
                amount,
                code,
                round,
                cause.request().player().source(),
                cause.request().id(),
                cause.trace());
        add(debit, -amount);
        add(credit, amount);
        changes.transfers.add(new Made(transfer, accounts.get(debit), accounts.get(credit)));
        return transfer;
    }

    /// Ends it as it is here now: one that was ended since it was looked up is not ended again.
    private void end(Hold hold, Hold.State how, long posted) {
        var open = Objects.requireNonNull(
                holds.get(hold.id()), () -> "hold: " + hold.id() + " is not there (expected: one that is open)");
        var ended = open.ended(how, posted);
        holds.put(open.id(), ended);
        promise(open.account(), -open.amount());
        changes.holds.put(open.id(), ended);
    }

    private void add(AccountId id, long amount) {
        if (id.kind() == AccountKind.PLAYER) {
            accounts.put(id, owned(id).moved(amount));
        } else {
            shared.merge(id, amount, Long::sum);
        }
    }

    private void promise(AccountId id, long amount) {
        if (id.kind() == AccountKind.PLAYER) {
            accounts.put(id, owned(id).promised(amount));
        } else {
            shared.merge(id, -amount, Long::sum);
            changes.promised.merge(id, amount, Long::sum);
        }
    }

    private Account owned(AccountId id) {
        return Objects.requireNonNull(accounts.get(id), () -> "account: " + id + " is not locked (expected: a need)");
    }

    private void count(AccountId account, Activity.Sums more) {
        activities.merge(account, Activity.none().plus(more), (before, _) -> before.plus(more));
        changes.activity.merge(account, more, Activity.Sums::plus);
    }

    /// What rules did, for [Ledger] to write.
    static final class Changes {

        final Map<PlayerId, Player> players = new LinkedHashMap<>();
        final List<NewLimit> limits = new ArrayList<>();
        final List<Made> transfers = new ArrayList<>();
        final Map<String, Hold> holds = new LinkedHashMap<>();
        final Map<AccountId, Activity.Sums> activity = new LinkedHashMap<>();
        /// Of pots that are everybody's: how much more is held, or less.
        final Map<AccountId, Long> promised = new LinkedHashMap<>();
    }

    record NewLimit(PlayerId player, LimitRule rule) {}

    /// A transfer, and its accounts after it; null for pots that are everybody's.
    record Made(
            Transfer transfer,
            @Nullable Account debited,
            @Nullable Account credited) {}
}
