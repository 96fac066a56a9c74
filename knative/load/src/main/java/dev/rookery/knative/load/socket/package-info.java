/// WebSockets by the ten thousand: [Dialer] opens them over few event loops, [Wire] is one of them, and a
/// [Listener] is told what comes. What is said over them is somebody else's. Start with [Wire].
///
/// A client of our own and not Netty's codec, because it shares the machine with the server that it measures: one
/// handler a connection, no object a message, nothing copied twice.
@NullMarked
package dev.rookery.knative.load.socket;

import org.jspecify.annotations.NullMarked;
