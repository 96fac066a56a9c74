package dev.rookery.eventing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LsnTest {

    @Test
    void whatPostgresWritesIsRead() {
        assertThat(Lsn.ofPostgres("16/B374D848")).hasToString("00000016b374d848");
        assertThat(Lsn.ofPostgres("0/0")).hasToString("0000000000000000");
        assertThat(Lsn.ofPostgres("FFFFFFFF/FFFFFFFF")).hasToString("ffffffffffffffff");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var lsn = Lsn.ofPostgres("16/B374D848");

        assertThat(Lsn.parse(lsn.toString())).isEqualTo(lsn);
    }

    @Test
    void placesCompareAsTheirTextsDo() {
        var low = Lsn.ofPostgres("9/FFFFFFFF");
        var high = Lsn.ofPostgres("FFFFFFFF/1");

        assertThat(low).isLessThan(high);
        assertThat(low.toString()).isLessThan(high.toString());
    }

    @Test
    void whatIsNoneIsTold() {
        assertThatThrownBy(() -> Lsn.ofPostgres("16B374D848")).hasMessageStartingWith("lsn: 16B374D848 (expected: ");
        assertThatThrownBy(() -> Lsn.parse("16/B374D848")).hasMessageStartingWith("lsn: 16/B374D848 (expected: ");
    }
}
