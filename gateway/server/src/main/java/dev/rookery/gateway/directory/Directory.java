package dev.rookery.gateway.directory;

import dev.rookery.eventing.contract.PlayerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/// Tells Redis which sessions are here, and that this gateway is alive, on a thread of its own. What is there is
/// written again and again before it vanishes, so a word that is lost, because Redis was away or too much happened
/// at once, is said with the next round; nothing is ever waited for.
///
/// Safe for use by many threads.
public final class Directory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);
    private static final int MAX_CHANGES = 10_000;
    private static final int BATCH = 500;
    private static final int END_SECONDS = 2;

    private final GatewayId gateway;
    private final Sessions sessions;
    private final Gateways gateways;
    private final AliveGateways alive;
    private final DirectorySettings settings;
    private final Map<String, SessionEntity> present = new ConcurrentHashMap<>();
    private final BlockingQueue<String> changed = new ArrayBlockingQueue<>(MAX_CHANGES);
    private volatile Set<String> aliveGateways = Set.of();
    private volatile @Nullable Thread writing;
    private volatile boolean isClosed;

    public Directory(
            GatewayId gateway,
            Sessions sessions,
            Gateways gateways,
            StringRedisTemplate redis,
            DirectorySettings settings) {
        this.gateway = gateway;
        this.sessions = sessions;
        this.gateways = gateways;
        this.alive = new AliveGateways(redis);
        this.settings = settings;
    }

    /// The gateway listens.
    public void start(String host, int port, Instant since, IntSupplier connections) {
        writing = Thread.ofPlatform()
                .name("directory")
                .daemon()
                .start(() -> run(() -> new GatewayEntity(
                        gateway.value(),
                        host,
                        port,
                        since.toEpochMilli(),
                        connections.getAsInt(),
                        settings.gatewayTimeToLive().toSeconds())));
    }

    /// Never blocks.
    public void opened(String session, PlayerId player, Instant since) {
        present.put(
                session,
                new SessionEntity(
                        session,
                        player.value(),
                        gateway.value(),
                        since.toEpochMilli(),
                        settings.sessionTimeToLive().toSeconds()));
        change(session);
    }

    /// Never blocks.
    public void ended(String session) {
        if (present.remove(session) != null) {
            change(session);
        }
    }

    /// The names of the gateways that are alive, this one among them once it listens; as of the last refresh.
    public Set<String> aliveGateways() {
        return aliveGateways;
    }

    /// Takes away what is said of this gateway, as far as Redis can be told.
    @Override
    public void close() {
        isClosed = true;
        var thread = writing;
        if (thread == null) {
            return;
        }
        try {
            thread.interrupt();
            thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var left = List.copyOf(present.keySet());
        present.clear();
        try {
            alive.remove(gateway);
            gateways.deleteById(gateway.value());
            write(List.copyOf(changed));
            inBatches(left, sessions::deleteAllById);
        } catch (RuntimeException e) {
            LOG.warn("what is said of this gateway is left to vanish: {}", e.toString());
        }
    }

    private void change(String session) {
        if (!changed.offer(session)) {
            LOG.debug("{} is left to the next round", session);
        }
    }

    private void run(Supplier<GatewayEntity> self) {
        long nextGateway = System.nanoTime();
        long nextSessions = nextGateway + settings.sessionInterval().toNanos();
        while (!isClosed) {
            try {
                if (nextGateway - System.nanoTime() <= 0) {
                    nextGateway = System.nanoTime() + settings.gatewayInterval().toNanos();
                    gateways.save(self.get());
                    aliveGateways =
                            alive.refresh(gateway, settings.gatewayTimeToLive().toMillis());
                }
                if (nextSessions - System.nanoTime() <= 0) {
                    nextSessions =
                            System.nanoTime() + settings.sessionInterval().toNanos();
                    refresh();
                }
                write(next(Math.min(nextGateway, nextSessions) - System.nanoTime()));
            } catch (RuntimeException e) {
                // Redis', its client's or our own: the next round says everything again.
                LOG.warn("directory: left to the next round: {}", e.toString());
                // Who began meanwhile is not in the list that is left: nobody must be taken for gone by it.
                aliveGateways = Set.of();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void refresh() {
        inBatches(List.copyOf(present.values()), sessions::saveAll);
    }

    private static <T> void inBatches(List<T> all, Consumer<List<T>> write) {
        for (int from = 0; from < all.size(); from += BATCH) {
            write.accept(all.subList(from, Math.min(from + BATCH, all.size())));
        }
    }

    /// What changed, or nothing in this time.
    private List<String> next(long waitNanos) throws InterruptedException {
        var first = changed.poll(waitNanos, TimeUnit.NANOSECONDS);
        if (first == null) {
            return List.of();
        }
        var next = new ArrayList<String>();
        next.add(first);
        changed.drainTo(next, BATCH - 1);
        return next;
    }

    /// As each is by now: one that came and went meanwhile is gone.
    private void write(List<String> ids) {
        var here = new ArrayList<SessionEntity>();
        var gone = new ArrayList<String>();
        for (var id : ids) {
            var entity = present.get(id);
            if (entity == null) {
                gone.add(id);
            } else {
                here.add(entity);
            }
        }
        if (!here.isEmpty()) {
            sessions.saveAll(here);
        }
        if (!gone.isEmpty()) {
            sessions.deleteAllById(gone);
        }
    }
}
