package dev.rookery.functions.games;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.functions.games.fair.ClientSeed;
import dev.rookery.functions.games.fair.RoundSeed;
import dev.rookery.functions.games.fair.ServerSeed;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Rounds of one server seed, each by its nonce, and what a test knows of them and a player does not.
final class Rounds {

    static final ServerSeed SERVER = ServerSeed.parse("0123456789abcdef".repeat(4));
    static final ClientSeed CLIENT = new ClientSeed("a client's seed");

    private Rounds() {}

    static RoundSeed round(long nonce) {
        return new RoundSeed(SERVER, CLIENT, nonce, "r-" + nonce);
    }

    static List<Integer> mined(Mines game, RoundSeed seed) {
        return seed.draws().choose(game.mines(), 25).stream().sorted().toList();
    }

    static List<Integer> safe(Mines game, RoundSeed seed) {
        var mined = mined(game, seed);
        return IntStream.range(0, 25)
                .boxed()
                .filter(tile -> !mined.contains(tile))
                .toList();
    }

    static List<Move> reveal(List<Integer> tiles) {
        return tiles.stream().map(Move::reveal).toList();
    }

    static List<Move> then(List<Move> moves, Move last) {
        return Stream.concat(moves.stream(), Stream.of(last)).toList();
    }

    static void assertRefused(Standing standing, String code, String message) {
        assertThat(standing).isInstanceOfSatisfying(Standing.Refused.class, refused -> {
            assertThat(refused.why().message()).isEqualTo(message);
            assertThat(refused.why().code()).isEqualTo(code);
        });
    }
}
