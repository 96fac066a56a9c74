/// Who a player is: tokens (JWT) that others issue, and on one machine those of our own. Start with
/// [TokenVerifier].
@NullMarked
package dev.rookery.gateway.token;

import org.jspecify.annotations.NullMarked;
