package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.socket.Ending;
import dev.rookery.knative.load.socket.Listener;
import dev.rookery.knative.load.socket.Wire;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One client of a benchmark: it only does what a scenario says. Used on its table's event loop.
final class Guest implements Listener {

    private final int index;
    private final Table table;
    private @Nullable Wire wire;
    private @Nullable Position position;
    private boolean isReady;
    private boolean isStalled;

    Guest(int index, Table table) {
        this.index = index;
        this.table = table;
    }

    int index() {
        return index;
    }

    Table table() {
        return table;
    }

    boolean isReady() {
        return isReady;
    }

    boolean isStalled() {
        return isStalled;
    }

    void send(String message) {
        write(message);
        flush();
    }

    void write(String message) {
        if (wire != null) {
            wire.send(message.getBytes(StandardCharsets.UTF_8));
        }
    }

    void flush() {
        if (wire != null) {
            wire.flush();
        }
    }

    boolean isClogged() {
        return wire == null || wire.isClogged();
    }

    void stall() {
        if (wire != null) {
            isStalled = true;
            wire.stopReading();
        }
    }

    void readOn() {
        isStalled = false;
        if (wire != null) {
            wire.readOn();
        }
    }

    void cut() {
        if (wire != null) {
            wire.cut();
        }
    }

    @Override
    public void opened(Wire opened) {
        wire = opened;
        var hello = table.dialect().hello(index, position);
        if (hello.isEmpty()) {
            ready();
        } else {
            send(hello);
        }
    }

    @Override
    public void text(Wire from, byte[] bytes, int begin, int end) {
        try {
            var scan = table.scan();
            switch (table.dialect().read(scan, bytes, begin, end)) {
                case READY -> {
                    if (scan.seq() >= 0 && !scan.epoch().isEmpty()) {
                        position = new Position(scan.epoch(), scan.seq());
                    }
                    table.welcomed(scan.resumed());
                    ready();
                }
                case PONG -> table.scenario().pong(this, scan.at());
                case CAST -> table.scenario().cast(this, scan.at());
                case JOINED -> table.joined();
                case HEARTBEAT -> send(table.dialect().alive());
                case ERROR -> table.error(scan.code());
                case OTHER -> {}
            }
        } catch (BadFrameException e) {
            table.error(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void closed(Ending ending) {
        wire = null;
        isStalled = false;
        if (isReady) {
            isReady = false;
            table.left();
        }
        table.scenario().lost(this, ending);
    }

    private void ready() {
        isReady = true;
        table.ready();
        table.scenario().ready(this);
    }
}
