package dev.rookery.knative.load.play;

import java.util.Optional;

/// Where lines come from and go to. Lines may be printed by any thread.
interface Console extends AutoCloseable {

    /// Waits for a line; empty when there will be none.
    Optional<String> read();

    void print(String line);

    /// Whether somebody watches, who wants to go on typing while an answer is on its way.
    boolean isWatched();

    @Override
    void close();
}
