package dev.rookery.gateway.admission;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The door of one pod. A socket waits from when it is accepted until it is upgraded or gone, then it is open; both
/// are counted and bounded, and so is how often an address tries.
///
/// May be used from any thread.
public final class Admission {

    private static final Verdict ADMITTED = new Verdict.Admitted();

    private final AdmissionSettings settings;
    private final Attempts attempts;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final Map<Network, Integer> waitingByAddress = new HashMap<>();
    private final Map<Network, Integer> openByAddress = new HashMap<>();
    private int waiting;
    private int open;

    /// @param nanos  a clock that only goes forward
    /// @param random thread-safe
    public Admission(AdmissionSettings settings, LongSupplier nanos, RandomGenerator random) {
        this.settings = settings;
        this.nanos = nanos;
        this.random = random;
        this.attempts = new Attempts(settings.attemptsPerSecond(), settings.attemptsBurst(), settings.maxAddresses());
    }

    /// A socket is accepted. Where this is false it has to be closed; where it is true, [#stopWaiting] follows once.
    ///
    /// @param socket whence it comes, be that a proxy's
    public synchronized boolean startWaiting(InetAddress socket) {
        var subscriber = Network.subscriber(socket);
        boolean isBound = !isUnlimited(socket) && !isAmong(settings.proxies(), socket);
        if (waiting >= settings.maxWaiting()
                || (isBound && waitingByAddress.getOrDefault(subscriber, 0) >= settings.maxWaitingPerAddress())) {
            return false;
        }
        waiting++;
        waitingByAddress.merge(subscriber, 1, Integer::sum);
        return true;
    }

    public synchronized void stopWaiting(InetAddress socket) {
        waiting--;
        oneLess(waitingByAddress, socket);
    }

    /// A request has come: every one counts, also one that is refused for something else.
    public Verdict attempt(InetAddress address) {
        if (isUnlimited(address) || attempts.take(Network.subscriber(address), nanos.getAsLong())) {
            return ADMITTED;
        }
        return refused(Verdict.Reason.RATE);
    }

    /// A connection wants to be open. When it may, [#close] follows once.
    public synchronized Verdict open(InetAddress address) {
        if (open >= settings.maxConnections()) {
            return refused(Verdict.Reason.POD_FULL);
        }
        var subscriber = Network.subscriber(address);
        if (!isUnlimited(address) && openByAddress.getOrDefault(subscriber, 0) >= settings.maxPerAddress()) {
            return refused(Verdict.Reason.ADDRESS_FULL);
        }
        open++;
        openByAddress.merge(subscriber, 1, Integer::sum);
        return ADMITTED;
    }

    public synchronized void close(InetAddress address) {
        open--;
        oneLess(openByAddress, address);
    }

    /// Sockets that are accepted and not upgraded.
    public synchronized int waiting() {
        return waiting;
    }

    /// Upgraded connections.
    public synchronized int open() {
        return open;
    }

    private boolean isUnlimited(InetAddress address) {
        return isAmong(settings.unlimited(), address);
    }

    private static boolean isAmong(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static void oneLess(Map<Network, Integer> counts, InetAddress address) {
        counts.computeIfPresent(Network.subscriber(address), (_, count) -> count == 1 ? null : count - 1);
    }

    private Verdict refused(Verdict.Reason reason) {
        long seconds = settings.retryAfter().toSeconds();
        return new Verdict.Refused(reason, Duration.ofSeconds(random.nextLong(seconds, 2 * seconds + 1)));
    }
}
