package dev.rookery.eventing.contract;

/// A player wants to know something. Reads only; it may be asked and answered any number of times.
///
/// A function that takes queries is a `Function<Query<T>, Answer>`.
///
/// @param request who asks for what
/// @param data    fits the type's schema in the catalog
public record Query<T>(Request request, T data) {}
