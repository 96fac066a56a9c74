package dev.rookery.knative.load.drill.crowd;

import tools.jackson.databind.node.ObjectNode;

/// A command as a player asked for it.
public record Asked(String id, String type, ObjectNode data) {}
