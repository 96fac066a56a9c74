package dev.rookery.eventing.contract;

/// A player wants an effect. However often it is delivered, it has one effect and one outcome.
///
/// A function that takes commands is a `Function<Command<T>, Outcome>`; it ends through the inbox of its runtime,
/// in the transaction of its effects.
///
/// @param request     who asks for what
/// @param fingerprint SHA-256 of type and data in canonical form, in hex: the same id with another one is refused
/// @param trace       id of the trace it travels in, 32 hex digits; all zeros when there is none
/// @param data        fits the type's schema in the catalog
public record Command<T>(Request request, String fingerprint, String trace, T data) {

    public Command {
        Check.hex("fingerprint", fingerprint, 64);
        Check.hex("trace", trace, 32);
    }
}
