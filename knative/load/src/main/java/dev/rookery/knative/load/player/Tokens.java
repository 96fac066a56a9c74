package dev.rookery.knative.load.player;

import java.util.concurrent.CompletionStage;

/// Where players get their tokens.
@FunctionalInterface
public interface Tokens {

    /// A token that is good from now on. Asked for the first connection, and again when a token has expired.
    CompletionStage<String> token(String player);
}
