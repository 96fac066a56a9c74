/// From Redis to the sessions: what is published for the players who are connected here. Start with [PlayerFeed].
@NullMarked
package dev.rookery.gateway.egress;

import org.jspecify.annotations.NullMarked;
