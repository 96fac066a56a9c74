package dev.rookery.knative.load.swarm;

import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.socket.Dialer;
import dev.rookery.knative.load.socket.Listener;
import dev.rookery.knative.load.socket.Upgrade;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// What the members of one event loop share. Everything is used on that loop; the one timer of all of them is the
/// sweep, once a second.
final class Shard {

    private static final Upgrade UPGRADE = new Upgrade("/v1/connect", "rookery.v1.json");
    private static final long SWEEP_MILLIS = 1_000;

    final SwarmSettings settings;
    final TokenMint mint;
    final Tally tally = new Tally();
    final FrameScan scan = new FrameScan();
    final SplittableRandom random = new SplittableRandom();
    private final EventLoop loop;
    private final Dialer dialer;
    private final List<Member> members = new ArrayList<>();

    Shard(SwarmSettings settings, Dialer dialer, EventLoop loop, Duration tokenLifetime) {
        this.settings = settings;
        this.dialer = dialer;
        this.loop = loop;
        mint = new TokenMint(settings.secret(), tokenLifetime);
        loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// From any thread.
    void execute(Runnable task) {
        loop.execute(task);
    }

    void add(Member member) {
        members.add(member);
        member.connect();
    }

    /// @param failures of gateways that the member has come to so far; the next one is tried after each
    void dial(int member, int failures, Listener listener) {
        tally.count(Count.DIALED);
        dialer.dial(loop, member, settings.gateway(member, failures), UPGRADE, listener);
    }

    void after(long millis, Runnable task) {
        loop.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    /// Cuts about a share of the connections, at random.
    void cut(double share) {
        members.forEach(member -> {
            if (random.nextDouble() < share) {
                member.cut();
            }
        });
    }

    void leave() {
        members.forEach(Member::leave);
    }

    private void sweep() {
        long now = System.nanoTime();
        members.forEach(member -> member.look(now));
    }
}
