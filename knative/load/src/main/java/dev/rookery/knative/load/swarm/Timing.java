package dev.rookery.knative.load.swarm;

/// What is timed.
public enum Timing {
    /// From dialling to the end of the upgrade.
    CONNECT,
    /// From a first hello to its welcome.
    WELCOME,
    /// From a hello that asks to resume to its welcome.
    RESUME,
    /// From the loss of a connection to the next welcome.
    BACK,
    /// From when a cast was to be sent to its arrival; of readers that do not stall.
    CAST,
    /// From when a command was to be sent to the event that decides it.
    COMMAND
}
