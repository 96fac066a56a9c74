package dev.rookery.knative.load.swarm;

/// What is counted.
public enum Count {
    /// Upgrades that were tried.
    DIALED,
    /// Connections that were welcomed, less those that ended since.
    CONNECTED,
    WELCOMED,
    /// Welcomes that went on where the member was.
    RESUMED,
    /// Welcomes that did not, though it was asked.
    NOT_RESUMED,
    /// Welcomes in another epoch than the member was in.
    RESTARTED,
    JOINED,
    CASTS_SENT,
    /// Not sent because the sender was not in its room, or more was unsent already than may be.
    CASTS_HELD_BACK,
    CASTS_RECEIVED,
    /// Not received though a later one of the same sender was.
    CASTS_MISSED,
    COMMANDS_SENT,
    /// Sent again, over a new connection or because the server sent them back.
    COMMANDS_RESENT,
    /// Not sent because as many were undecided as may be.
    COMMANDS_HELD_BACK,
    COMMANDS_ACCEPTED,
    COMMANDS_DONE,
    /// Refused or failed.
    COMMANDS_NOT_DONE,
    /// Answered by an error that is not to be tried again.
    COMMANDS_REJECTED,
    EVENTS,
    REPEATS,
    ROOM_EVENTS,
    DRAINED,
    ERRORS,
    /// Cut by the member because nothing came in time.
    SILENT,
    /// Members that were told to stop.
    STOPPED,
    BREACHES
}
