package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.measure.ProcessFigures;
import java.time.Duration;

/// What a while cost the server and this program.
final class Meter {

    private final ProcessFigures server;
    private final Duration serverBefore;
    private final Duration clientBefore;
    private final long begin = System.nanoTime();

    private Meter(ProcessFigures server) {
        this.server = server;
        serverBefore = server.cpu();
        clientBefore = ProcessFigures.ofThisOne().cpu();
    }

    static Meter start(ProcessFigures server) {
        return new Meter(server);
    }

    Used stop() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Used(
                seconds,
                server.cpu().minus(serverBefore).toNanos() / 1e9,
                ProcessFigures.ofThisOne().cpu().minus(clientBefore).toNanos() / 1e9);
    }

    /// All in seconds; processor seconds of all threads.
    record Used(double seconds, double serverCpu, double clientCpu) {

        double serverMicrosEach(long things) {
            return things == 0 ? Double.NaN : serverCpu * 1e6 / (double) things;
        }

        double clientShare() {
            return clientCpu / seconds;
        }
    }
}
