package dev.rookery.knative.local.letters;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One event that could not be handled, as it lies on the topic.
///
/// @param event   with the extensions `knativeerror*`
/// @param when    it was written
/// @param headers of the record
record Letter(CloudEvent event, Instant when, Map<String, String> headers) {

    private static final String PLAYERS = "/players/";

    Letter {
        headers = new TreeMap<>(headers);
    }

    String source() {
        return event.getSource().toString();
    }

    String id() {
        return event.getId();
    }

    /// By which an operator may name it when its id is that of several: `player/id`.
    String name() {
        return source().startsWith(PLAYERS) ? source().substring(PLAYERS.length()) + "/" + id() : source() + "/" + id();
    }

    Named named() {
        return new Named(source(), id());
    }

    @Nullable
    String key() {
        return event.getSubject();
    }

    /// Of the answer that the last delivery got; empty when it is not told.
    String status() {
        return extension("knativeerrorcode");
    }

    String reason() {
        return extension("knativeerrordata");
    }

    String data() {
        var data = event.getData();
        return data == null ? "" : new String(data.toBytes(), StandardCharsets.UTF_8);
    }

    private String extension(String name) {
        var value = event.getExtension(name);
        return value == null ? "" : value.toString();
    }

    /// What an event is known by.
    record Named(String source, String id) {}
}
