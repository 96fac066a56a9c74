package dev.rookery.knative.load.protocol;

import tools.jackson.databind.JsonNode;

/// The answer to a query. It is not part of the stream.
///
/// @param re   the query
/// @param data what the type says; JSON null when there is none
public record Answer(String re, Outcome outcome, JsonNode data) implements ServerFrame {}
