package dev.rookery.eventing.delivery.reads;

/// What came of a question to the replica.
sealed interface Read<T> {

    /// @param hasWaited whether the replica did not have what the player was told at once
    record Served<T>(T answer, boolean hasWaited) implements Read<T> {}

    /// The replica does not have what the player was told, and was waited for.
    record Behind<T>() implements Read<T> {}

    /// The replica does not answer, or did not a moment ago.
    record Lost<T>() implements Read<T> {}
}
