package dev.rookery.eventing.delivery.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;

class FaultsTest {

    @Test
    void whatPostgresSaysIsSortedByItsCode() {
        assertThat(of(new SQLException("deadlock", "40P01"))).isEqualTo(Faults.CONFLICT);
        assertThat(of(new SQLException("shutting down", "57P01"))).isEqualTo(Faults.LOST_DEPENDENCY);
        assertThat(of(new SQLException("no such column", "42703"))).isEqualTo(Faults.DEFECT);
    }

    /// PostgreSQL always says a code.
    @Test
    void aPoolThatGivesNoConnectionIsNoDefectOfTheCommands() {
        assertThat(of(new SQLException("HikariPool-1 - Interrupted during connection acquisition")))
                .isEqualTo(Faults.LOST_DEPENDENCY);
    }

    @Test
    void aThreadThatIsToldToEndIsNoDefectOfTheCommands() {
        assertThat(of(new InterruptedException())).isEqualTo(Faults.LOST_DEPENDENCY);
    }

    @Test
    void everythingElseIsOurs() {
        assertThat(of(new IllegalStateException())).isEqualTo(Faults.DEFECT);
    }

    private static Faults of(Throwable cause) {
        return Faults.of(new CompletionException(new DataAccessException("wrapped", cause)));
    }
}
