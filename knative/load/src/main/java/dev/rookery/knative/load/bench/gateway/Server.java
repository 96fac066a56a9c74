package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.ProcessFigures;
import java.net.InetSocketAddress;

/// A server that is measured.
///
/// @param others the dialect of clients who must not be taken for the guests
record Server(String name, Dialect dialect, Dialect others, InetSocketAddress address, ProcessFigures process) {

    Server forOthers() {
        return forOthersAt(address);
    }

    /// As it would be elsewhere.
    Server forOthersAt(InetSocketAddress elsewhere) {
        return new Server(name, others, others, elsewhere, process);
    }
}
