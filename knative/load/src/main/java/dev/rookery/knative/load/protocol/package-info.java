/// The player protocol, version 1, as a client sees it: what is sent ([ClientFrames]), what comes
/// ([ServerFrame]), and what the end of a connection asks for ([Closing]). No sockets, no state. Start with
/// [ServerFrame].
///
/// Nothing here is shared with the gateway: the two meet on the wire, and a mistake made twice would not be seen.
@NullMarked
package dev.rookery.knative.load.protocol;

import org.jspecify.annotations.NullMarked;
