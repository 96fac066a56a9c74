package dev.rookery.functions.ledger.audit;

/// Seals from outside the database.
///
/// @param name  of where they are, for people
/// @param lines one seal each, oldest first, up to the moment when the source was opened; read once
public record SealSource(String name, Iterable<String> lines) {}
