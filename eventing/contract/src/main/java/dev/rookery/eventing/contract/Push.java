package dev.rookery.eventing.contract;

/// An event that nobody's command is answered with: told because something was decided that others should know.
///
/// It is told as often as the decision is made, which is once, and in the order of the decision's pushes.
///
/// @param type in the past tense, such as `match.moved`
/// @param data for whoever is told; becomes JSON
/// @param to   who is told
public record Push(EventType type, Object data, Audience to) {}
