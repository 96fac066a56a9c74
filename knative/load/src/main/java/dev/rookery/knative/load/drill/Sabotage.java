package dev.rookery.knative.load.drill;

import dev.rookery.knative.local.RunningPlatform;

/// What somebody does to the platform whom the drill has to find: tests do, to see that it does.
interface Sabotage {

    Sabotage NONE = new Sabotage() {};

    /// Before there is any player.
    default void begun(RunningPlatform running) {}

    /// When everything is decided, before anybody looks.
    default void ended(RunningPlatform running) {}
}
