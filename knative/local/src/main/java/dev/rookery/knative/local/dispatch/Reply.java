package dev.rookery.knative.local.dispatch;

/// What a delivery was answered with, as Knative sorts it.
public sealed interface Reply {

    /// Below 300: it is done.
    record Taken() implements Reply {}

    /// It may be taken later: 404, 408, 409, 429, 500 and above, no connection, no answer in time.
    ///
    /// @param status 0 when there was no answer
    record Later(int status, String why) implements Reply {}

    /// It never will be taken.
    record Refused(int status, String why) implements Reply {}

    /// @param body of the answer, for people
    static Reply of(int status, String body) {
        if (status < 300) {
            return new Taken();
        }
        boolean later = status >= 500 || status == 404 || status == 408 || status == 409 || status == 429;
        return later ? new Later(status, body) : new Refused(status, body);
    }
}
