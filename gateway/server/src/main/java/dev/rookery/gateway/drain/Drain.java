package dev.rookery.gateway.drain;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells every connection that the pod goes, each at a random point of a time that fits their number, so that
/// those who take them up are not hit by all at once.
public final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final DrainSettings settings;
    private final RandomGenerator random;

    /// @param random safe for use by many threads, or used by nobody else
    public Drain(DrainSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /// Blocks until the last one is gone, or as long as settings allow; then some may be left.
    ///
    /// @param connections takes nobody new any more
    public void run(ChannelGroup connections) {
        var leaving = List.copyOf(connections);
        var span = settings.span(leaving.size());
        LOG.info("drain: {} connections over {}", leaving.size(), span);
        leaving.forEach(each -> tell(each, new Departure.Begun()));
        for (var each : leaving) {
            long delayMillis = random.nextLong(span.toMillis() + 1);
            var due = Departure.Due.atRandom(settings, random);
            each.eventLoop().schedule(() -> tell(each, due), delayMillis, TimeUnit.MILLISECONDS);
        }
        connections
                .newCloseFuture()
                .awaitUninterruptibly(settings.bound(leaving.size()).toMillis());
        LOG.info("drain: {} connections are left", connections.size());
    }

    private static void tell(Channel connection, Departure departure) {
        connection.pipeline().fireUserEventTriggered(departure);
    }
}
