package dev.rookery.functions.games;

import static dev.rookery.functions.games.Rounds.CLIENT;
import static dev.rookery.functions.games.Rounds.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// What players and proofs are told in is JSON, made elsewhere and without any annotation here.
class JsonTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"dice; {\"direction\":\"over\",\"target\":5000}", "mines; {\"mines\":3}"})
    void termsAreReadByTheNameOfTheirGame(String name, String terms) {
        var type = Game.named(name).orElseThrow();
        var game = JSON.readValue(terms, type);

        assertThat(game.name()).isEqualTo(name);
        assertThat(JSON.writeValueAsString(game)).isEqualTo(terms);
    }

    @Test
    void thereIsNoOtherGame() {
        assertThat(Game.named("roulette")).isEmpty();
    }

    @Test
    void movesAreReadAsTheyWereSent() {
        assertThat(JSON.readValue("{\"name\":\"reveal\",\"tile\":7}", Move.class))
                .isEqualTo(Move.reveal(7));
        assertThat(JSON.readValue("{\"name\":\"cash-out\"}", Move.class)).isEqualTo(Move.cashOut());
    }

    @Test
    void viewsAreWrittenAsTheyAre() {
        assertThat(JSON.writeValueAsString(new Dice.Rolled(7400, true))).isEqualTo("{\"roll\":7400,\"won\":true}");
        assertThat(JSON.writeValueAsString(new Mines.Covered(List.of(3, 1)))).isEqualTo("{\"revealed\":[3,1]}");
        assertThat(JSON.writeValueAsString(new Mines.Uncovered(List.of(3, 1), List.of(0, 24))))
                .isEqualTo("{\"revealed\":[3,1],\"mined\":[0,24]}");
    }

    @Test
    void aProofSurvivesAFile() {
        var moves = List.of(Move.reveal(4), Move.cashOut());
        var proof = new RoundProof<>(
                SERVER.hex(), SERVER.commitment(), CLIENT.value(), 5, "r-5", "mines", new Mines(3), 100, moves, 112);
        var type = JSON.getTypeFactory().constructParametricType(RoundProof.class, Mines.class);

        RoundProof<?> read = JSON.readValue(JSON.writeValueAsString(proof), type);

        assertThat(read).isEqualTo(proof);
    }
}
