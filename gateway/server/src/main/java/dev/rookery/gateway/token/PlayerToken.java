package dev.rookery.gateway.token;

import dev.rookery.eventing.contract.PlayerId;
import java.time.Instant;

/// What a good token says.
///
/// @param expires after this the token is worth nothing here
public record PlayerToken(PlayerId player, Instant expires) {}
