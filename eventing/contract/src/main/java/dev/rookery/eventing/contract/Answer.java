package dev.rookery.eventing.contract;

/// What a query is answered with.
public sealed interface Answer {

    /// @param data becomes JSON
    record Done(Object data) implements Answer {}

    record Refused(Refusal refusal) implements Answer {}
}
