/// Rooms: who is in one ([Roster], [RoomMembers]), what is told to everybody in it ([Fanout]), and what one
/// connection has joined ([Memberships]).
///
/// A [Room] has a home, one of the event loops, for what concerns all of it; what concerns one connection runs on
/// that connection's loop, so nothing here is locked. Start with [Room].
@NullMarked
package dev.rookery.gateway.rooms;

import org.jspecify.annotations.NullMarked;
