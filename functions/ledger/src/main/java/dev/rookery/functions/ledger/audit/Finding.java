package dev.rookery.functions.ledger.audit;

/// Something that is not as it has to be.
///
/// @param check    that found it
/// @param row      where
/// @param found    what is there
/// @param expected what should be
public record Finding(String check, String row, String found, String expected) {

    @Override
    public String toString() {
        return check + ": " + row + ": " + found + " (expected: " + expected + ")";
    }
}
