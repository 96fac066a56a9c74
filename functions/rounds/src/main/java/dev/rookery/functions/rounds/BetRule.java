package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.games.Acceptance;
import dev.rookery.functions.games.Game;
import dev.rookery.functions.ledger.Money;
import dev.rookery.functions.ledger.Movement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// `rounds.bet`: opens a round, which may be over at once. What comes out is `rounds.opened` or `rounds.settled`, or a
/// refusal: of the game (`unknown-game`, `illegal-terms`, `illegal-stake`, `payout-limit`), of the money
/// (`insufficient-funds`, `house-limit`, `unknown-currency`), of what the player allows oneself (`excluded`,
/// `stake-limit`, `loss-limit`, `session-limit`, `reality-check`), `no-seed`, `round-open`.
///
/// A round's id goes into its draw, so it is what the command says ([RoundIds]): nobody of the house chooses it once
/// both seeds are known, and a transaction that is done again draws the same.
record BetRule(RoundsSettings settings) implements Rule<BetRule.Bet, RoundNeed, Sitting> {

    private static final EventType REFUSED = new EventType("rounds.bet-refused");

    @Override
    public RoundNeed needs(Command<Bet> command) {
        return new RoundNeed(command.request().player(), Set.of(command.data().currency()));
    }

    @Override
    public Decision decide(Command<Bet> command, Sitting sitting) {
        var bet = command.data();
        if (Money.scale(bet.currency()).isEmpty()) {
            return refused("unknown-currency", "currency: " + bet.currency() + " (expected: a code of ISO 4217)");
        }
        if (Game.named(bet.game()).isEmpty()) {
            return refused("unknown-game", "game: " + bet.game() + " (expected: dice or mines)");
        }
        var game = Terms.read(bet.game(), bet.terms());
        if (game.isEmpty()) {
            return refused("illegal-terms", "terms: " + bet.terms() + " (expected: those of " + bet.game() + ")");
        }
        return switch (game.get().accept(bet.stake())) {
            case Acceptance.Refused(var why) -> refused(why);
            case Acceptance.Accepted(long maxPayout) -> accepted(command, sitting, game.get(), maxPayout);
        };
    }

    private Decision accepted(Command<Bet> command, Sitting sitting, Game game, long maxPayout) {
        var bet = command.data();
        var book = sitting.book();
        var player = book.player(command.request().player()).seenAt(book.now());
        book.change(player);
        var forbidden = player.bet(bet.currency(), bet.stake(), book.activity(player.id(), bet.currency()), book.now())
                .or(() -> funds(bet, player.id(), sitting))
                .or(() -> house(bet, maxPayout, sitting))
                .or(() -> another(game, player.id(), sitting));
        if (forbidden.isPresent()) {
            return refused(forbidden.get());
        }
        var seed = sitting.seeds(player.id()).used();
        return seed.map(used -> open(command, sitting, game, maxPayout, used))
                .orElseGet(() -> refused(
                        "no-seed",
                        "seed: none (expected: rounds.commit-seed and rounds.use-seed before the first bet)"));
    }

    private Decision open(Command<Bet> command, Sitting sitting, Game game, long maxPayout, Seed seed) {
        var bet = command.data();
        var player = command.request().player();
        var now = sitting.book().now();
        var id = RoundIds.of(command.request()).toString();
        var round = new Round(
                id,
                player,
                bet.currency(),
                game,
                bet.stake(),
                maxPayout,
                seed.number(),
                seed.nextNonce(),
                List.of(),
                now,
                settings.deadline(now),
                null);
        sitting.put(player, seed.drawn());
        var standing = game.play(bet.stake(), List.of(), seed.of(round.nonce(), id));
        return new Dealer(command, sitting, settings.largeWin()).open(round, standing);
    }

    private static Optional<Refusal> funds(Bet bet, PlayerId player, Sitting sitting) {
        return sitting.book().account(player, bet.currency()).out(bet.stake()) instanceof Movement.Refused(var why)
                ? Optional.of(why)
                : Optional.empty();
    }

    private static Optional<Refusal> house(Bet bet, long maxPayout, Sitting sitting) {
        long beyond = maxPayout - bet.stake();
        long available = sitting.book().available(Dealer.house(bet.currency()));
        return beyond > available
                ? Optional.of(new Refusal(
                        "house-limit",
                        "payout: up to " + beyond + " " + bet.currency() + " beyond the stake (expected: at most "
                                + Math.max(0, available) + ")"))
                : Optional.empty();
    }

    /// One round of a game at a time, so that whoever comes back knows which one it is.
    private static Optional<Refusal> another(Game game, PlayerId player, Sitting sitting) {
        return sitting.open(player).stream()
                .filter(round -> round.game().name().equals(game.name()))
                .findFirst()
                .map(round -> new Refusal(
                        "round-open", "round: " + round.id() + " of " + game.name() + " is open (expected: none)"));
    }

    private static Decision refused(String code, String message) {
        return refused(new Refusal(code, message));
    }

    private static Decision refused(Refusal why) {
        return new Decision.Refused(REFUSED, why);
    }

    /// @param terms of the game
    /// @param stake in minor units
    record Bet(String game, JsonNode terms, long stake, String currency) {}
}
