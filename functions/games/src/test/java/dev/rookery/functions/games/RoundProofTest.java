package dev.rookery.functions.games;

import static dev.rookery.functions.games.Rounds.CLIENT;
import static dev.rookery.functions.games.Rounds.SERVER;
import static dev.rookery.functions.games.Rounds.mined;
import static dev.rookery.functions.games.Rounds.reveal;
import static dev.rookery.functions.games.Rounds.round;
import static dev.rookery.functions.games.Rounds.safe;
import static dev.rookery.functions.games.Rounds.then;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.functions.games.fair.RoundSeed;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundProofTest {

    private static final Mines GAME = new Mines(3);
    private static final RoundSeed ROUND = round(5);
    private static final List<Move> MOVES = then(reveal(safe(GAME, ROUND).subList(0, 2)), Move.cashOut());
    private static final String HEX = SERVER.hex();
    private static final String COMMITMENT = SERVER.commitment();

    @Test
    void aRoundThatWasPlayedAndPaidIsGenuine() {
        var proof = proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 100, MOVES, 128);

        assertThat(proof.verify()).isEqualTo(new Verification.Genuine(GAME.play(100, MOVES, ROUND)));
    }

    @Test
    void aRollIsGenuineToo() {
        var dice = new Dice("over", 5_000);
        var end = (Standing.Over) dice.play(100, List.of(), ROUND);

        var proof =
                new RoundProof<>(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "dice", dice, 100, List.of(), end.payout());

        assertThat(proof.verify()).isEqualTo(new Verification.Genuine(end));
    }

    @Test
    void aRoundThatItsDeadlineEndedIsGenuineAndStillOpen() {
        var proof = proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 100, List.of(), 100);

        assertThat(proof.verify()).isEqualTo(new Verification.Genuine(GAME.play(100, List.of(), ROUND)));
    }

    @Test
    void aDeadlineThatTookTheStakeIsFound() {
        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 100, List.of(), 0),
                "payout: 0 (expected: 100)");
    }

    @Test
    void aPayoutThatIsShortIsFound() {
        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 100, MOVES, 127),
                "payout: 127 (expected: 128)");
    }

    @Test
    void aStakeThatWasChangedIsFound() {
        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 99, MOVES, 128),
                "payout: 128 (expected: 127)");
    }

    @Test
    void aSeedThatWasNotCommittedToIsFound() {
        var another = COMMITMENT.replace('0', '1');

        assertForged(
                proof(HEX, another, CLIENT.value(), 5, "r-5", "mines", 100, MOVES, 128),
                "commitment: " + another + " (expected: " + COMMITMENT + ")");
    }

    /// A tile that is said to have been safe, and with the draws of this round is mined.
    @Test
    void minesThatWereMovedAreFound() {
        var mine = reveal(mined(GAME, ROUND).subList(0, 1));

        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 100, then(mine, Move.cashOut()), 112),
                "move: cash-out (expected: none any more)");
        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 100, mine, 112), "payout: 112 (expected: 0)");
    }

    @Test
    void anotherGamesNameIsFound() {
        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), 5, "r-5", "dice", 100, MOVES, 128),
                "game: dice (expected: mines)");
    }

    @Test
    void everythingThatDoesNotFitIsTold() {
        assertForged(
                proof(HEX, "none", CLIENT.value(), 5, "r-5", "dice", 100, MOVES, 0),
                "game: dice (expected: mines)",
                "commitment: none (expected: " + COMMITMENT + ")",
                "payout: 0 (expected: 128)");
    }

    @Test
    void whatCannotBeReadIsForged() {
        assertForged(
                proof("xyz", COMMITMENT, CLIENT.value(), 5, "r-5", "mines", 100, MOVES, 128),
                "serverSeed: 3 characters (expected: 64 hex digits, lower case)");
        assertForged(
                proof(HEX, COMMITMENT, "", 5, "r-5", "mines", 100, MOVES, 128),
                "clientSeed: 0 characters (expected: 1..64)");
        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), -5, "r-5", "mines", 100, MOVES, 128),
                "nonce: -5 (expected: 0..9007199254740991)");
        assertForged(
                proof(HEX, COMMITMENT, CLIENT.value(), 5, "r:5", "mines", 100, MOVES, 128),
                "round: \"r:5\" (expected: 1 to 64 characters of A-Z a-z 0-9 . _ -)");
    }

    private static void assertForged(RoundProof<?> proof, String... misfits) {
        assertThat(proof.verify()).isEqualTo(new Verification.Forged(List.of(misfits)));
    }

    private static RoundProof<Mines> proof(
            String serverSeed,
            String commitment,
            String clientSeed,
            long nonce,
            String round,
            String game,
            long stake,
            List<Move> moves,
            long payout) {
        return new RoundProof<>(serverSeed, commitment, clientSeed, nonce, round, game, GAME, stake, moves, payout);
    }
}
