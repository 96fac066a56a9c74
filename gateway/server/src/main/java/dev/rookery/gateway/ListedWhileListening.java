package dev.rookery.gateway;

import dev.rookery.gateway.directory.Directory;
import dev.rookery.gateway.transport.GatewayServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import org.springframework.context.SmartLifecycle;

/// Others are told of this gateway as long as it listens: until its players have gone ([DrainBeforeClose]), and
/// before Redis OM's connections are closed, which have a life of their own, too.
final class ListedWhileListening implements SmartLifecycle {

    private final Directory directory;
    private final GatewayServer server;
    private final InstantSource clock;
    private volatile boolean isRunning;

    ListedWhileListening(Directory directory, GatewayServer server, InstantSource clock) {
        this.directory = directory;
        this.server = server;
        this.clock = clock;
    }

    @Override
    public void start() {
        directory.start(host(), server.port(), clock.instant(), server.connections()::size);
        isRunning = true;
    }

    @Override
    public void stop() {
        directory.close();
        isRunning = false;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return DrainBeforeClose.PHASE - 1;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that does not know its own name still serves players.
            return "unknown";
        }
    }
}
