package dev.rookery.eventing.contract;

/// One time that a client sent a request over one connection.
///
/// A client that retries sends the same request id again, which is another sending; what Kafka or Knative repeats
/// on its own is the same one. That is how a repeat that was asked for is told from one that nobody wants to see.
///
/// @param session  the connection
/// @param sequence counts the connection's requests, from 1
/// @param position the place in the player's stream when the gateway took the request: its outcome comes later than
/// that
public record Sending(String session, long sequence, Position position) {

    public Sending {
        Ids.check("session", session);
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence: " + sequence + " (expected: >= 1)");
        }
    }

    /// Whether this is the same sending as the other: the position may be known better by then.
    public boolean isSameAs(Sending other) {
        return session.equals(other.session) && sequence == other.sequence;
    }
}
