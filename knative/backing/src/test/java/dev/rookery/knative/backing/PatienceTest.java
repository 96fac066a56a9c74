package dev.rookery.knative.backing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    /// Awaitility refuses a delay that is as long as all that is waited, and says how long that is.
    @Test
    void whatIsWaitedForHasAMinute() {
        var delayed = await().pollDelay(Duration.ofMinutes(1));

        assertThatThrownBy(() -> delayed.until(() -> true)).hasMessageContaining("Timeout (1 minutes)");
    }
}
