package dev.rookery.knative.local.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// As Knative 1.23 sorts them.
class ReplyTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 299})
    void below300ItIsTaken(int status) {
        assertThat(Reply.of(status, "")).isInstanceOf(Reply.Taken.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 408, 409, 429, 500, 502, 503, 504, 599})
    void theseAreTriedAgain(int status) {
        assertThat(Reply.of(status, "why")).isEqualTo(new Reply.Later(status, "why"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 400, 401, 403, 405, 410, 415, 422})
    void theseAreNot(int status) {
        assertThat(Reply.of(status, "why")).isEqualTo(new Reply.Refused(status, "why"));
    }
}
