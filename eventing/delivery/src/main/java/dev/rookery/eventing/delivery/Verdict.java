package dev.rookery.eventing.delivery;

/// What becomes of a delivery: the dispatcher acts on the status that it is answered with.
public sealed interface Verdict {

    /// Done and told, now or before. 204.
    record Delivered() implements Verdict {}

    /// It can never be done: a dead letter, with the reason. 400, which Knative does not try again.
    record Undeliverable(String reason) implements Verdict {}

    /// Something that it needs is not there, or too much is going on: again later. 503.
    record Later(String reason) implements Verdict {}

    /// It threw, and has tries left. 500.
    record Defect(String reason) implements Verdict {}
}
