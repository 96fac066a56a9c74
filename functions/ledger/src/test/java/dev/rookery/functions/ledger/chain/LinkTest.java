package dev.rookery.functions.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final UUID BATCH = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Link FIRST = link(Head.before(0), "transfer 1:7", "outcome 1:x");

    @Test
    void aLinkCountsOn() {
        assertThat(FIRST.n()).isEqualTo(1);
        assertThat(link(FIRST.head(), "a", "b").n()).isEqualTo(2);
    }

    @Test
    void theSameContentHasTheSameHash() {
        assertThat(link(Head.before(0), "transfer 1:7", "outcome 1:x").hash()).isEqualTo(FIRST.hash());
    }

    @Test
    void whateverChangesTheHashChanges() {
        assertThat(link(Head.before(1), "transfer 1:7", "outcome 1:x").hash()).isNotEqualTo(FIRST.hash());
        assertThat(link(FIRST.head(), "transfer 1:7", "outcome 1:x").hash()).isNotEqualTo(FIRST.hash());
        assertThat(link(Head.before(0), "transfer 1:8", "outcome 1:x").hash()).isNotEqualTo(FIRST.hash());
        assertThat(link(Head.before(0), "transfer 1:7", "outcome 1:y").hash()).isNotEqualTo(FIRST.hash());
        assertThat(Link.after(
                                Head.before(0),
                                NOON.plusNanos(1_000),
                                BATCH,
                                entries("transfer 1:7"),
                                entries("outcome 1:x"))
                        .hash())
                .isNotEqualTo(FIRST.hash());
    }

    /// What moves from one part into the next is seen, because each is preceded by its length.
    @Test
    void partsDoNotRunIntoEachOther() {
        assertThat(link(Head.before(0), "ab", "c").hash())
                .isNotEqualTo(link(Head.before(0), "a", "bc").hash());
        assertThat(Entry.of("t", "a b", "c")).isNotEqualTo(Entry.of("t", "a", "b c"));
        assertThat(Entry.of("t", "-")).isNotEqualTo(Entry.of("t", (Object) null));
    }

    @Test
    void whatIsNoHashIsRefused() {
        assertThatThrownBy(() -> new Hash("abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hash: abc (expected: 64 hex digits, lower case)");
    }

    private static Link link(Head head, String transfer, String outcome) {
        return Link.after(head, NOON, BATCH, entries(transfer), entries(outcome));
    }

    private static List<Entry> entries(String text) {
        return List.of(new Entry(text));
    }
}
