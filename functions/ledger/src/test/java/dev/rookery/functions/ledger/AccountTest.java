package dev.rookery.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    @Test
    void whatIsThereMayGoOutToTheLastCent() {
        assertThat(account(1_000, 0).out(1_000)).isEqualTo(new Movement.Allowed(0));
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatIs() {
        assertThat(account(1_000, 0).out(1_001)).isInstanceOfSatisfying(Movement.Refused.class, refused -> {
            assertThat(refused.why().code()).isEqualTo("insufficient-funds");
            assertThat(refused.why().message()).isEqualTo("amount: 1001 EUR (expected: at most 1000)");
        });
    }

    @Test
    void whatIsHeldStays() {
        assertThat(account(1_000, 400).out(601)).isInstanceOf(Movement.Refused.class);
    }

    @Test
    void aBalanceNeverOutgrowsWhatEveryClientCanRead() {
        assertThat(account(Account.MAX_BALANCE - 5, 0).in(5)).isEqualTo(new Movement.Allowed(Account.MAX_BALANCE));
        assertThat(account(Account.MAX_BALANCE - 5, 0).in(6)).isInstanceOf(Movement.Refused.class);
    }

    @Test
    void aRuleThatTakesWhatIsNotThereIsStopped() {
        assertThatThrownBy(() -> account(1_000, 400).moved(-601))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("account: player/p-7/EUR would have 399, held 400"
                        + " (expected: what is not held to be at least 0)");
    }

    @Test
    void aSumThatDoesNotFitIsRefusedAndNotTurnedIntoADebt() {
        assertThatThrownBy(() -> account(Long.MAX_VALUE, 0).moved(1)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void noOrderOfMovementsTakesABalanceBelowItsFloor(long seed) {
        var random = new Random(seed);
        var account = account(0, 0);
        for (int i = 0; i < 1_000; i++) {
            long amount = random.nextLong(1, 2_000);
            var movement = random.nextBoolean() ? account.in(amount) : account.out(amount);
            if (movement instanceof Movement.Allowed(long after)) {
                assertThat(after).as("seed %d, movement %d", seed, i).isNotNegative();
                account = account(after, 0);
            }
        }
    }

    private static Account account(long balance, long held) {
        return new Account(new AccountId("player/p-7/EUR"), balance, held, 0, 0);
    }
}
