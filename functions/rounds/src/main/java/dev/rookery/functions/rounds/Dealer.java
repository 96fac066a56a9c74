package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Fact;
import dev.rookery.functions.games.Standing;
import dev.rookery.functions.ledger.AccountId;
import dev.rookery.functions.ledger.AccountKind;
import dev.rookery.functions.ledger.Hold;
import dev.rookery.functions.ledger.Transfer;
import dev.rookery.functions.rounds.Round.By;
import dev.rookery.functions.rounds.Round.End;
import java.util.ArrayList;
import java.util.List;

/// Turns where a round stands into money and into what the player is told. The stake of a round that is over at once
/// moves at once; that of another one is held, together with what the house may have to pay, until it is over.
///
/// For one command.
///
/// @param largeWin payouts of so many minor units and more are told to whoever watches for them
record Dealer(Command<?> command, Sitting sitting, long largeWin) {

    private static final EventType OPENED = new EventType("rounds.opened");
    private static final EventType MOVED = new EventType("rounds.moved");
    private static final EventType SETTLED = new EventType("rounds.settled");
    private static final EventType LARGE_WIN = new EventType("rounds.large-win");

    /// The house's pot.
    static AccountId house(String currency) {
        return AccountId.of(AccountKind.HOUSE, currency);
    }

    /// A round that has just been bet on.
    Decision open(Round round, Standing standing) {
        return switch (standing) {
            case Standing.Open open -> {
                hold(round);
                sitting.put(round);
                yield told(OPENED, round, open, List.of());
            }
            case Standing.Over over -> {
                var book = sitting.book();
                book.move(
                        command,
                        account(round),
                        house(round.currency()),
                        round.stake(),
                        Transfer.Code.STAKE,
                        round.id());
                yield settle(round, over, over.payout(), By.PLAYER);
            }
            case Standing.Refused(var why) ->
                throw new IllegalStateException(
                        "round: " + round.id() + " is refused, which was accepted: " + why.message());
        };
    }

    /// An open round after a move.
    Decision move(Round moved, Standing standing) {
        return switch (standing) {
            case Standing.Open open -> {
                sitting.put(moved);
                yield told(MOVED, moved, open, List.of());
            }
            case Standing.Over over -> {
                takeStake(moved);
                yield settle(moved, over, over.payout(), By.PLAYER);
            }
            case Standing.Refused(var why) -> new Decision.Refused(MoveRule.REFUSED, why);
        };
    }

    /// An open round whose player has not come back: the stake is given back, or the winnings are paid when they are
    /// more.
    Decision expire(Round round, Standing.Open standing) {
        if (standing.cashOut() > round.stake()) {
            takeStake(round);
            return settle(round, standing, standing.onDeadline(), By.DEADLINE);
        }
        sitting.book().giveBack(hold(round.stakeHold()), Hold.State.EXPIRED);
        releaseHouse(round);
        var ended = round.ended(new End(null, sitting.book().now(), By.DEADLINE));
        sitting.put(ended);
        return told(SETTLED, ended, standing, List.of());
    }

    private void hold(Round round) {
        var book = sitting.book();
        book.stake(round.stakeHold(), account(round), round.stake(), round.deadline());
        long beyond = round.maxPayout() - round.stake();
        if (beyond > 0) {
            book.reserve(round.payoutHold(), house(round.currency()), beyond, round.deadline());
        }
    }

    private void takeStake(Round round) {
        sitting.book()
                .post(
                        command,
                        hold(round.stakeHold()),
                        house(round.currency()),
                        round.stake(),
                        Transfer.Code.STAKE,
                        round.id());
        releaseHouse(round);
    }

    private void releaseHouse(Round round) {
        sitting.book().hold(round.payoutHold()).ifPresent(hold -> sitting.book().release(hold, Hold.State.VOIDED));
    }

    private Decision settle(Round round, Standing standing, long payout, By by) {
        var book = sitting.book();
        if (payout > 0) {
            book.move(command, house(round.currency()), account(round), payout, Transfer.Code.PAYOUT, round.id());
        }
        var ended = round.ended(new End(payout, book.now(), by));
        sitting.put(ended);
        var facts = new ArrayList<Fact>();
        var result = new Result(round.id(), round.game().name(), round.stake(), payout, round.currency());
        facts.add(new Fact("round-" + round.id(), SETTLED, round.player().value(), result));
        if (payout >= largeWin) {
            facts.add(new Fact(
                    "large-win-" + round.id(), LARGE_WIN, round.player().value(), result));
        }
        return told(SETTLED, ended, standing, facts);
    }

    private Decision told(EventType type, Round round, Standing standing, List<Fact> facts) {
        var account = sitting.book().account(round.player(), round.currency());
        var seed = sitting.seedOf(round);
        return new Decision.Done(
                type, RoundView.of(round, standing, seed.server().commitment(), account.available()), facts);
    }

    private Hold hold(String id) {
        return sitting.book()
                .hold(id)
                .orElseThrow(
                        () -> new IllegalStateException("hold: " + id + " is not there (expected: with its round)"));
    }

    private static AccountId account(Round round) {
        return AccountId.of(round.player(), round.currency());
    }

    /// For other functions.
    ///
    /// @param stake  in minor units
    /// @param payout in minor units
    record Result(String round, String game, long stake, long payout, String currency) {}
}
