package dev.rookery.knative.load.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTest {

    @Test
    void eachLineThatHelpNamesIsUnderstood() {
        assertThat(Entry.parse("deposit 10.00 EUR")).isEqualTo(new Entry.Deposit(new Amount(1_000, "EUR")));
        assertThat(Entry.parse("  withdraw   3 EUR ")).isEqualTo(new Entry.Withdraw(new Amount(300, "EUR")));
        assertThat(Entry.parse("balance")).isEqualTo(new Entry.Balance());
        assertThat(Entry.parse("statement")).isEqualTo(new Entry.Statement(10));
        assertThat(Entry.parse("statement 5")).isEqualTo(new Entry.Statement(5));
        assertThat(Entry.parse("help")).isEqualTo(new Entry.Help());
        assertThat(Entry.parse("quit")).isEqualTo(new Entry.Quit());
        assertThat(Entry.parse("   ")).isEqualTo(new Entry.Nothing());
    }

    @Test
    void aFrameIsSentAsItWasTyped() {
        assertThat(Entry.parse("send {\"op\":\"ping\",  \"at\":1}"))
                .isEqualTo(new Entry.Send("{\"op\":\"ping\",  \"at\":1}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pay 3 EUR       | command: pay (expected: deposit, withdraw, balance, statement, send, help or quit)
            deposit 3       | deposit: 1 words (expected: an amount and a currency)
            deposit         | deposit: 0 words (expected: an amount and a currency)
            withdraw 3 EUR !| withdraw: 3 words (expected: an amount and a currency)
            balance EUR     | balance: 1 words (expected: none)
            statement all   | statement: all (expected: one number)
            statement 1 2   | statement: 1 2 (expected: one number)
            statement 0     | limit: 0 (expected: 1..100)
            statement 101   | limit: 101 (expected: 1..100)
            send            | send: nothing (expected: a frame)
            """)
    void whatCannotBeDoneIsToldWithWhatCan(String line, String message) {
        assertThatThrownBy(() -> Entry.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
