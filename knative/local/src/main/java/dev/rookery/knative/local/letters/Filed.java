package dev.rookery.knative.local.letters;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dead letter and what became of it.
///
/// @param function that owns its type; empty when none does
/// @param key      null when the event says none
/// @param when     it was written
/// @param status   of the answer that the last delivery got; empty when it is not told
/// @param reason   what the function threw, where that is recorded; else the answer that the last delivery got
/// @param tries    that threw
/// @param state    `failed`, `replayed, done` and so on
/// @param headers  of the record
/// @param data     of the event
public record Filed(
        String function,
        String source,
        String id,
        String type,
        @Nullable String key,
        Instant when,
        String status,
        String reason,
        int tries,
        String state,
        Map<String, String> headers,
        String data) {}
