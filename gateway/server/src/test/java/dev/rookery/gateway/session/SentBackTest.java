package dev.rookery.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.gateway.protocol.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentBackTest {

    private static final Duration WAIT = Duration.ofMillis(400);
    private static final long NOW = Long.MAX_VALUE - WAIT.toNanos() / 2;

    private final SentBack sentBack = new SentBack();

    @Test
    void nothingIsRefusedWhenNothingWasSentBack() {
        assertThat(sentBack.refuse("c-1", NOW)).isNull();
    }

    @Test
    void whatComesBehindIsRefusedAsTheFirstWas() {
        sentBack.add("c-1", ErrorCode.RATE_LIMITED, WAIT, NOW);

        var refusal = sentBack.refuse("c-2", NOW + Duration.ofMillis(100).toNanos());

        assertThat(refusal)
                .isEqualTo(new SentBack.Refusal(
                        ErrorCode.RATE_LIMITED, "command c-1 has to be sent again first", Duration.ofMillis(301)));
    }

    @Test
    void theFirstLetsTheOthersFollow() {
        sentBack.add("c-1", ErrorCode.BUSY, WAIT, NOW);
        sentBack.add("c-2", ErrorCode.BUSY, WAIT, NOW);

        assertThat(sentBack.refuse("c-2", NOW)).isNotNull();
        assertThat(sentBack.refuse("c-1", NOW)).isNull();
        assertThat(sentBack.refuse("c-2", NOW)).isNull();
    }

    @Test
    void whoGivesUpTheFirstGoesOnAfterItsTime() {
        sentBack.add("c-1", ErrorCode.BUSY, WAIT, NOW);

        assertThat(sentBack.refuse("c-2", NOW + WAIT.toNanos() - 1)).isNotNull();
        assertThat(sentBack.refuse("c-2", NOW + WAIT.toNanos())).isNull();
    }

    @Test
    void afterItsTimeAnotherMayBeTheFirst() {
        sentBack.add("c-1", ErrorCode.BUSY, WAIT, NOW);
        long later = NOW + WAIT.toNanos();

        sentBack.add("c-2", ErrorCode.BUSY, WAIT, later);

        assertThat(sentBack.refuse("c-1", later)).isNotNull();
        assertThat(sentBack.refuse("c-2", later)).isNull();
    }
}
