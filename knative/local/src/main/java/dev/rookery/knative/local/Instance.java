package dev.rookery.knative.local;

import dev.rookery.knative.backing.Ports;
import java.util.ArrayList;
import java.util.List;

/// One process of a workload: what a pod is in a cluster.
///
/// @param name the workload's, with a number when there are several
/// @param port where it serves, on loopback
record Instance(String name, int port) {

    /// Of the gateway as many as the settings say, in the order of their ports.
    ///
    /// @throws IllegalStateException when there are not enough free ports
    static List<Instance> gateways(String name, UpSettings settings) {
        if (settings.gateways() == 1) {
            return List.of(new Instance(name, settings.port()));
        }
        var gateways = new ArrayList<Instance>();
        // That the first one is free was checked before anything was started.
        for (int port = settings.port(); gateways.size() < settings.gateways(); port++) {
            if (port > UpSettings.MAX_PORT) {
                throw new IllegalStateException("--port: " + settings.port() + " leaves " + gateways.size()
                        + " free ports (expected: " + settings.gateways() + ", one for each gateway)");
            }
            if (port == settings.port() || Ports.isFree(port)) {
                gateways.add(new Instance(name + "-" + (gateways.size() + 1), port));
            }
        }
        return gateways;
    }
}
