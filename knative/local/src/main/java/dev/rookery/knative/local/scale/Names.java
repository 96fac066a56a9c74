package dev.rookery.knative.local.scale;

import java.util.BitSet;

/// Names for the instances of a service, whatever their revision: the service's own, and with a number from the
/// second on. Safe for use by many threads.
final class Names {

    private final String service;
    private final BitSet taken = new BitSet();

    Names(String service) {
        this.service = service;
    }

    /// One that nobody has, the shortest.
    synchronized String take() {
        int slot = taken.nextClearBit(0);
        taken.set(slot);
        return slot == 0 ? service : service + "-" + (slot + 1);
    }

    synchronized void give(String name) {
        int slot = name.equals(service) ? 0 : Integer.parseInt(name.substring(service.length() + 1)) - 1;
        taken.clear(slot);
    }
}
