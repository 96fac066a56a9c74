/// How a pod goes: everybody is told when to connect again elsewhere, spread over a time, and who has not gone by
/// its end is sent away. Knows connections and nothing of what they carry; each takes its leave by itself. Start
/// with [Drain].
@NullMarked
package dev.rookery.gateway.drain;

import org.jspecify.annotations.NullMarked;
