package dev.rookery.knative.load.protocol;

/// How a command or query ended.
public enum Outcome {
    DONE,
    /// The rules said no; nothing changed.
    REFUSED,
    /// The server's fault; nothing changed.
    FAILED
}
