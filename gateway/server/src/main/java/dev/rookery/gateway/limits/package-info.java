/// How much may come in: of one connection, of one player, of one type. Start with [TokenBucket]; the settings are
/// in [LimitSettings].
@NullMarked
package dev.rookery.gateway.limits;

import org.jspecify.annotations.NullMarked;
