/// What gateway and functions agree on, in types that cannot be wrong.
///
/// A player's message becomes a [Request]; a function receives it as a [Command] or a [Query], decides
/// ([Decision]) and ends with an [Outcome] or an [Answer]. What types there are, and who owns them, is the
/// [Catalog]. Start with [Command] and [Decision].
///
/// What others than the asking player are told is a [Push]; whom a function lets into a room is a [RoomChange].
///
/// Everything else compiles against this package; it knows nothing but the JDK.
@NullMarked
package dev.rookery.eventing.contract;

import org.jspecify.annotations.NullMarked;
