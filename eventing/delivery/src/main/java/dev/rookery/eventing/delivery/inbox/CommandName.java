package dev.rookery.eventing.delivery.inbox;

import dev.rookery.eventing.contract.Request;

/// Names a command for ever: the idempotency key.
///
/// @param source `/players/{player}`
/// @param id     chosen by the client
public record CommandName(String source, String id) {

    static CommandName of(Request request) {
        return new CommandName(request.player().source(), request.id());
    }
}
