/// Where queries are read: a replica that has what the player was told, else the primary. Start with [Reads], which is
/// all that a function calls. Commands never come here.
@NullMarked
package dev.rookery.eventing.delivery.reads;

import org.jspecify.annotations.NullMarked;
