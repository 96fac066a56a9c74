package dev.rookery.gateway;

import dev.rookery.gateway.drain.Drain;
import dev.rookery.gateway.drain.DrainSettings;
import dev.rookery.gateway.transport.GatewayServer;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/// Lets the players go before anything else is closed: Boot says that the pod is not ready, then stops what has a
/// life of its own, the highest phase first, which is this; Kafka, Redis and the management port come after it.
final class DrainBeforeClose implements SmartLifecycle {

    static final int PHASE = Integer.MAX_VALUE;

    private final GatewayServer server;
    private final DrainSettings settings;
    private volatile boolean isRunning;

    DrainBeforeClose(GatewayServer server, DrainSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    @Override
    public void start() {
        isRunning = true;
    }

    /// Blocks for as long as settings allow at most.
    @Override
    public void stop() {
        pause(settings.balancerWait());
        server.stopListening();
        new Drain(settings, new SecureRandom()).run(server.connections());
        isRunning = false;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            // Whoever interrupts a process that closes wants it to close now.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
