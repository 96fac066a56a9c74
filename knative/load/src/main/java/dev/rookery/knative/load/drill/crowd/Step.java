package dev.rookery.knative.load.drill.crowd;

import tools.jackson.databind.node.ObjectNode;

/// What a player does next.
sealed interface Step {

    /// Asks for something new.
    record Ask(String type, ObjectNode data) implements Step {}

    /// Sends a command again, as it was.
    record Again(Asked earlier) implements Step {}

    /// Sends another command under the id of an earlier one.
    record Reuse(Asked other) implements Step {}

    /// Asks to read, and looks whether everything is there that it was told.
    record Read() implements Step {}

    /// Loses the connection.
    record Part() implements Step {}
}
