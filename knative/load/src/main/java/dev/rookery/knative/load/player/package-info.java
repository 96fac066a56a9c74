/// A player: one who asks for effects over a connection that may break at any time, and is told each exactly
/// once. [Player] keeps what is undecided, [Line] keeps a connection, [PlayerConnection] is one socket;
/// [Follower] and [Answers] check that the server keeps its promises. A [PlayerClient] has many players, all of
/// which run on one thread.
///
/// Start with [Player].
@NullMarked
package dev.rookery.knative.load.player;

import org.jspecify.annotations.NullMarked;
