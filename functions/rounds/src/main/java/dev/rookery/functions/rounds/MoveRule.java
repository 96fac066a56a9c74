package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.Command;
import dev.rookery.eventing.contract.Decision;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Refusal;
import dev.rookery.eventing.delivery.batch.Rule;
import dev.rookery.functions.games.Move;

/// `rounds.move`: a decision of the player in an open round. What comes out is `rounds.moved` or `rounds.settled`, or a
/// refusal: `no-round`, `deadline-passed`, or of the game (`illegal-move`).
record MoveRule(RoundsSettings settings) implements Rule<MoveRule.Made, RoundNeed, Sitting> {

    static final EventType REFUSED = new EventType("rounds.move-refused");

    @Override
    public RoundNeed needs(Command<Made> command) {
        return RoundNeed.of(command.request().player());
    }

    @Override
    public Decision decide(Command<Made> command, Sitting sitting) {
        var made = command.data();
        var book = sitting.book();
        var player = book.player(command.request().player()).seenAt(book.now());
        book.change(player);
        var open = sitting.open(player.id(), made.round());
        if (open.isEmpty()) {
            return refused(
                    "no-round", "round: " + made.round() + " is not open (expected: an open one of the player's)");
        }
        var round = open.get();
        if (!book.now().isBefore(round.deadline())) {
            return refused("deadline-passed", "round: " + round.id() + " was to be decided before " + round.deadline());
        }
        var moved = round.moved(made.move());
        var standing = moved.game()
                .play(moved.stake(), moved.moves(), sitting.seedOf(moved).of(moved.nonce(), moved.id()));
        return new Dealer(command, sitting, settings.largeWin()).move(moved, standing);
    }

    private static Decision refused(String code, String message) {
        return new Decision.Refused(REFUSED, new Refusal(code, message));
    }

    record Made(String round, Move move) {}
}
