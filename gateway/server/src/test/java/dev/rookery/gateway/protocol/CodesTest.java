package dev.rookery.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Clients of every age have these built in: they never change.
class CodesTest {

    @Test
    void closeCodesAreWhatTheProtocolSaysAndTellTheClientWhatToDo() {
        var codes = Arrays.stream(CloseCode.values())
                .collect(Collectors.toMap(Enum::name, code -> code.code() + " " + code.action()));

        assertThat(codes)
                .containsOnly(
                        entry("DRAIN", "4000 resume"),
                        entry("TOO_SLOW", "4001 resume"),
                        entry("SILENT", "4002 resume"),
                        entry("INTERNAL", "4003 resume"),
                        entry("GAP", "4004 resume"),
                        entry("RATE", "4005 resume"),
                        entry("TOKEN_EXPIRED", "4101 afresh"),
                        entry("BAD_TOKEN", "4200 stop"),
                        entry("FORBIDDEN", "4201 stop"),
                        entry("BAD_FRAMES", "4202 stop"),
                        entry("HELLO_LATE", "4203 stop"),
                        entry("TOO_LARGE", "4204 stop"),
                        entry("REPLACED", "4205 stop"));
    }

    @Test
    void onlyWhatMayGoOtherwiseLaterIsWorthSendingAgain() {
        var codes = Arrays.stream(ErrorCode.values())
                .collect(Collectors.toMap(ErrorCode::wireName, ErrorCode::isRetryable));

        assertThat(codes)
                .containsOnly(
                        entry("bad-frame", false),
                        entry("unknown-type", false),
                        entry("invalid-data", false),
                        entry("too-large", false),
                        entry("id-reused", false),
                        entry("rate-limited", true),
                        entry("forbidden", false),
                        entry("not-in-room", false),
                        entry("busy", true),
                        entry("unavailable", true));
    }
}
