package dev.rookery.knative.load.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.functions.ledger.audit.Examination;
import dev.rookery.functions.ledger.audit.Examination.Examined;
import dev.rookery.functions.ledger.audit.Examination.NotExamined;
import dev.rookery.functions.ledger.audit.Finding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTableTest {

    private static final Examination HELD =
            new Examined("I1", "sums up to 0", 1_234, 0, List.of(), Duration.ofMillis(1_500));
    private static final Examination BROKEN = new Examined(
            "I9",
            "holds are held",
            7,
            3,
            List.of(new Finding("I9", "account a", "held: 1", "2")),
            Duration.ofMillis(20));
    private static final Examination UNSEEN = new NotExamined("I5", "the same reply", "it is with the player");

    @Test
    void aCheckIsALine() {
        assertThat(AuditTable.lines(HELD))
                .containsExactly("ok       I1                  1,234 rows, 1.5 s  sums up to 0");
    }

    @Test
    void everyFindingIsNamedAndThoseThatWereNotKeptAreCounted() {
        assertThat(AuditTable.lines(BROKEN))
                .containsExactly(
                        "WRONG    I9                      7 rows, 0.0 s  holds are held",
                        "         I9: account a: held: 1 (expected: 2)",
                        "         and 2 more");
    }

    @Test
    void whatCannotBeSeenIsNotTakenForHeld() {
        assertThat(AuditTable.lines(UNSEEN))
                .containsExactly(
                        "not seen I5                                     the same reply: it is with the player");
        assertThat(AuditTable.end(List.of(HELD, UNSEEN))).contains("1 checks, nothing is wrong; 1 could not be made");
    }

    @Test
    void oneFindingIsEnough() {
        assertThat(AuditTable.isSound(List.of(HELD, UNSEEN))).isTrue();
        assertThat(AuditTable.isSound(List.of(HELD, BROKEN))).isFalse();
        assertThat(AuditTable.end(List.of(HELD, BROKEN))).contains("3 findings");
    }
}
