package dev.rookery.functions.rounds;

import dev.rookery.functions.games.Game;
import dev.rookery.functions.games.Move;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Games and moves as JSON, as they are sent and as they are kept.
final class Terms {

    /// A term that is left out, null or misspelt is none of the player's choice.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final JsonMapper MOVES = JsonMapper.shared();

    private Terms() {}

    /// @return none when there is no such game, or these are not its terms
    static Optional<Game> read(String game, JsonNode terms) {
        try {
            return Game.named(game).map(type -> JSON.treeToValue(terms, type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static Game read(String game, String terms) {
        return read(game, JSON.readTree(terms))
                .orElseThrow(() ->
                        new IllegalStateException("round of " + game + ": " + terms + " (expected: the game's terms)"));
    }

    static String write(Game game) {
        return JSON.writeValueAsString(game);
    }

    static Move move(String text) {
        return MOVES.readValue(text, Move.class);
    }

    static List<Move> moves(String texts) {
        return List.of(MOVES.readValue(texts, Move[].class));
    }

    static String write(Move move) {
        return MOVES.writeValueAsString(move);
    }
}
