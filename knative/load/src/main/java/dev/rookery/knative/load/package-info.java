/// Drives a running platform from outside, as players do: [Load] is the program, `protocol` and `player` are the
/// client that every part of it uses, `play` is a session in a terminal, `bench` measures. Start with
/// [dev.rookery.knative.load.player.Player].
@NullMarked
package dev.rookery.knative.load;

import org.jspecify.annotations.NullMarked;
