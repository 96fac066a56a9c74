package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.socket.Ending;

/// What a scenario does with what guests hear; called on their event loops.
interface Scenario {

    /// Nobody listens.
    Scenario NONE = new Scenario() {};

    default void ready(Guest guest) {}

    default void pong(Guest guest, long at) {}

    default void cast(Guest guest, long at) {}

    default void lost(Guest guest, Ending ending) {}
}
