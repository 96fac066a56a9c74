package dev.rookery.knative.load.verify;

import dev.rookery.functions.games.Game;
import dev.rookery.functions.games.RoundProof;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a round's proof, which names the game whose terms it has.
final class ProofJson {

    private static final List<String> FIELDS = List.of(
            "serverSeed", "commitment", "clientSeed", "nonce", "round", "game", "terms", "stake", "moves", "payout");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProofJson() {}

    /// @param json bare, or as the field `proof` of an answer
    /// @throws IllegalArgumentException when it is none
    static RoundProof<?> read(byte[] json) {
        try {
            var tree = JSON.readTree(json);
            var proof = tree.has("data") ? tree.get("data") : tree;
            return proof(proof.has("proof") ? proof.get("proof") : proof);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "is no proof of a round: " + e.getOriginalMessage() + " (expected: JSON with " + FIELDS + ")", e);
        }
    }

    private static RoundProof<?> proof(JsonNode proof) {
        var missing = FIELDS.stream().filter(field -> !proof.hasNonNull(field)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("is no proof of a round: no " + String.join(", ", missing)
                    + " (expected: JSON with " + String.join(", ", FIELDS) + ")");
        }
        var name = proof.get("game").asString();
        var terms = Game.named(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("game: " + name + " is not known (expected: dice or mines)"));
        return JSON.readerFor(JSON.getTypeFactory().constructParametricType(RoundProof.class, terms))
                .readValue(proof);
    }
}
