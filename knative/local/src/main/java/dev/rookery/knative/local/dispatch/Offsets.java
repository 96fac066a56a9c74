package dev.rookery.knative.local.dispatch;

import java.util.OptionalLong;
import java.util.TreeSet;

/// What has been taken from one partition and what of it is done: tells how far may be committed. A record that
/// takes long holds back the commit of all after it, and nothing else.
///
/// Safe for use by many threads.
final class Offsets {

    private final TreeSet<Long> open = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    synchronized void taken(long offset) {
        open.add(offset);
        next = offset + 1;
    }

    synchronized void done(long offset) {
        open.remove(offset);
    }

    /// The first offset that is not done; empty when that is committed already, or nothing was taken.
    synchronized OptionalLong committable() {
        long first = open.isEmpty() ? next : open.getFirst();
        return first == committed || next < 0 ? OptionalLong.empty() : OptionalLong.of(first);
    }

    synchronized void committed(long offset) {
        committed = Math.max(committed, offset);
    }
}
