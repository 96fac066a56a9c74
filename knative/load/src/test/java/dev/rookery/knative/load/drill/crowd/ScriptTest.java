package dev.rookery.knative.load.drill.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ScriptTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Asked DEPOSIT = new Asked(
            "d-1", "wallet.deposit", JSON.createObjectNode().put("amount", 5).put("currency", "EUR"));

    @Test
    void theSameChanceAndTheSameKnowledgeBringTheSameSteps() {
        assertThat(steps(7, sight(Habit.FREE))).isEqualTo(steps(7, sight(Habit.FREE)));
    }

    @Test
    void playersBeginWithMoneyAndASeed() {
        assertThat(Stream.of(0, 1, 2)
                        .map(asked -> Script.next(new SplittableRandom(7), sight(Habit.FREE, asked)))
                        .map(step -> ((Step.Ask) step).type()))
                .containsExactly("wallet.deposit", "rounds.commit-seed", "rounds.use-seed");
    }

    @Test
    void everythingIsDone() {
        assertThat(steps(7, sight(Habit.FREE)))
                .hasAtLeastOneElementOfType(Step.Again.class)
                .hasAtLeastOneElementOfType(Step.Reuse.class)
                .hasAtLeastOneElementOfType(Step.Read.class)
                .hasAtLeastOneElementOfType(Step.Part.class);
        assertThat(types(Habit.FREE))
                .contains("wallet.deposit", "wallet.withdraw", "rounds.bet", "rounds.move", "rounds.use-seed")
                .doesNotContain("wallet.set-limit", "wallet.exclude");
        assertThat(types(Habit.EXCLUDING)).contains("wallet.exclude");
    }

    /// What was staked is in a transfer at once: so the stakes of these can be counted in the books.
    @Test
    void whoHasLimitsPlaysDiceAlone() {
        assertThat(types(Habit.LIMITED)).contains("wallet.set-limit", "rounds.bet");
        assertThat(steps(7, sight(Habit.LIMITED)))
                .filteredOn(step -> step instanceof Step.Ask(var type, var _) && type.equals("rounds.bet"))
                .allSatisfy(
                        step -> assertThat(((Step.Ask) step).data().path("game").asString())
                                .isEqualTo("dice"));
    }

    @Test
    void anIdThatIsUsedAgainStandsForSomethingElse() {
        assertThat(steps(7, sight(Habit.FREE)))
                .filteredOn(Step.Reuse.class::isInstance)
                .allSatisfy(step -> {
                    var other = ((Step.Reuse) step).other();
                    assertThat(other.id()).isEqualTo(DEPOSIT.id());
                    assertThat(other.data()).isNotEqualTo(DEPOSIT.data());
                });
    }

    private static List<String> types(Habit habit) {
        return steps(7, sight(habit)).stream()
                .filter(Step.Ask.class::isInstance)
                .map(step -> ((Step.Ask) step).type())
                .distinct()
                .toList();
    }

    private static List<Step> steps(long seed, Sight sight) {
        var random = new SplittableRandom(seed);
        return Stream.generate(() -> Script.next(random, sight)).limit(2_000).toList();
    }

    private static Sight sight(Habit habit) {
        return sight(habit, 50);
    }

    private static Sight sight(Habit habit, int asked) {
        return new Sight(habit, asked, 500, "r-1", List.of(3), 100, 1_000, List.of(DEPOSIT));
    }
}
