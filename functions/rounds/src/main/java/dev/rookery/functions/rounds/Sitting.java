package dev.rookery.functions.rounds;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.functions.ledger.Book;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The money, the open rounds and the seeds of the players of one transaction, in memory and under their locks. Rules
/// look at them and change them; [Rounds] writes what they did.
///
/// Lives as long as one transaction, in one thread.
final class Sitting {

    private final Book book;
    private final Map<String, Round> rounds = new HashMap<>();
    private final Map<PlayerId, Seeds> seeds;
    private final Map<String, Round> changed = new LinkedHashMap<>();
    private final Map<String, Integer> movesBefore = new HashMap<>();
    private final List<OwnedSeed> changedSeeds = new ArrayList<>();

    /// @param open  every open round of the players
    /// @param seeds of the players who have any
    Sitting(Book book, List<Round> open, Map<PlayerId, Seeds> seeds) {
        this.book = book;
        this.seeds = new HashMap<>(seeds);
        open.forEach(round -> {
            rounds.put(round.id(), round);
            movesBefore.put(round.id(), round.moves().size());
        });
    }

    /// What a player's draws come from: the seed in use, and the one that is committed to.
    record Seeds(Optional<Seed> used, Optional<Seed> committed) {

        static final Seeds NONE = new Seeds(Optional.empty(), Optional.empty());

        long nextNumber() {
            return Math.max(
                            used.map(Seed::number).orElse(0L),
                            committed.map(Seed::number).orElse(0L))
                    + 1;
        }
    }

    Book book() {
        return book;
    }

    Seeds seeds(PlayerId player) {
        return seeds.getOrDefault(player, Seeds.NONE);
    }

    /// The player's open rounds.
    List<Round> open(PlayerId player) {
        return rounds.values().stream()
                .filter(round -> round.player().equals(player) && round.isOpen())
                .toList();
    }

    Optional<Round> open(PlayerId player, String id) {
        return Optional.ofNullable(rounds.get(id))
                .filter(round -> round.player().equals(player) && round.isOpen());
    }

    /// A new round, or one that has changed.
    void put(Round round) {
        rounds.put(round.id(), round);
        changed.put(round.id(), round);
    }

    void put(PlayerId player, Seed seed) {
        var before = seeds(player);
        seeds.put(
                player,
                switch (seed.state()) {
                    case COMMITTED -> new Seeds(before.used(), Optional.of(seed));
                    case USED ->
                        new Seeds(
                                Optional.of(seed), before.committed().filter(other -> other.number() != seed.number()));
                    case SHOWN ->
                        new Seeds(before.used().filter(other -> other.number() != seed.number()), before.committed());
                });
        changedSeeds.removeIf(
                other -> other.player().equals(player) && other.seed().number() == seed.number());
        changedSeeds.add(new OwnedSeed(player, seed));
    }

    /// The seed that an open round is drawn from: seeds are not given up before.
    Seed seedOf(Round round) {
        return seeds(round.player())
                .used()
                .filter(seed -> seed.number() == round.seed())
                .orElseThrow(() -> new IllegalStateException("round: " + round.id() + " is drawn from seed "
                        + round.seed() + " (expected: the one in use)"));
    }

    List<Round> changedRounds() {
        return List.copyOf(changed.values());
    }

    /// How many of a round's moves are in the database already.
    int movesBefore(Round round) {
        return Objects.requireNonNullElse(movesBefore.get(round.id()), 0);
    }

    /// Those that are shown first: only one of a player's may be in use.
    List<OwnedSeed> changedSeeds() {
        return List.copyOf(changedSeeds);
    }

    record OwnedSeed(PlayerId player, Seed seed) {}
}
