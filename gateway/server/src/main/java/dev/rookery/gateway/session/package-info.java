/// A player's connections on this pod: the frames of each ([FrameHandler]), what it has been given ([Session]),
/// and what the player's connections share: the feed and the order of commands ([Player], [CommandLanes]).
///
/// All that belongs to one player is confined to one event loop, the player's home, so nothing here is locked.
/// Start with [Session].
@NullMarked
package dev.rookery.gateway.session;

import org.jspecify.annotations.NullMarked;
