/// Who is where, in Redis: which pod holds a player's newest session ([Claims]), and which sessions and gateways
/// there are ([Directory]), as entities that vanish when nobody refreshes them. Knows ids and nothing of sockets.
@NullMarked
package dev.rookery.gateway.directory;

import org.jspecify.annotations.NullMarked;
