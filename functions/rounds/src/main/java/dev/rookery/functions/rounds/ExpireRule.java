package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.games.Standing;

/// `rounds.expire`: ends an open round whose deadline has passed, by the better of stake and winnings (AGCO 4.21). The
/// timer sends it; whoever else does changes nothing by it. What comes out is `rounds.settled`, or a refusal:
/// `no-round`, `not-due`.
record ExpireRule(RoundsSettings settings) implements Rule<ExpireRule.Due, RoundNeed, Sitting> {

    private static final EventType REFUSED = new EventType("rounds.expire-refused");

    @Override
    public RoundNeed needs(Command<Due> command) {
        return RoundNeed.of(command.request().player());
    }

    @Override
    public Decision decide(Command<Due> command, Sitting sitting) {
        var open = sitting.open(command.request().player(), command.data().round());
        if (open.isEmpty()) {
            return refused("no-round", "round: " + command.data().round() + " is not open");
        }
        var round = open.get();
        if (sitting.book().now().isBefore(round.deadline())) {
            return refused("not-due", "round: " + round.id() + " waits until " + round.deadline());
        }
        var standing = round.game()
                .play(round.stake(), round.moves(), sitting.seedOf(round).of(round.nonce(), round.id()));
        if (!(standing instanceof Standing.Open waiting)) {
            throw new IllegalStateException("round: " + round.id() + " is open and over (expected: one of them)");
        }
        return new Dealer(command, sitting, settings.largeWin()).expire(round, waiting);
    }

    private static Decision refused(String code, String message) {
        return new Decision.Refused(REFUSED, new Refusal(code, message));
    }

    record Due(String round) {}
}
