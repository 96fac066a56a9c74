package dev.rookery.knative.load.drill.crowd;

/// What a player is like.
public enum Habit {
    /// Plays everything.
    FREE,
    /// Has limits close to what was played, and plays dice alone: then every stake is known at once.
    LIMITED,
    /// Has had enough after a while, and tries it all the same.
    EXCLUDING
}
