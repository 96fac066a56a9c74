package dev.rookery.knative.load.play;

import dev.rookery.knative.load.player.PlayerListener;
import dev.rookery.knative.load.player.Violation;
import dev.rookery.knative.load.protocol.Closing;
import java.time.Duration;

/// Shows every frame as it is. What is no frame, such as the end of a connection, has a mark of its own.
final class FramePrinter implements PlayerListener {

    static final String NOTE = "! ";

    private final Console console;

    FramePrinter(Console console) {
        this.console = console;
    }

    @Override
    public void sent(String frame) {
        console.print("→ " + frame);
    }

    @Override
    public void received(String frame) {
        console.print("← " + frame);
    }

    @Override
    public void parted(Closing how, Duration again) {
        console.print(NOTE + "connection ended: " + how + "; again in " + again.toMillis() + " ms");
    }

    @Override
    public void stopped(Closing how) {
        if (how.code() != Closing.NORMAL) {
            console.print(NOTE + "connection ended: " + how + "; not again");
        }
    }

    @Override
    public void violated(Violation violation) {
        console.print(NOTE + violation);
    }
}
