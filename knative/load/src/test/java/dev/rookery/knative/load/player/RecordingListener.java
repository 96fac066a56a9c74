package dev.rookery.knative.load.player;

import dev.rookery.knative.load.protocol.Closing;
import dev.rookery.knative.load.protocol.Event;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps what a player is told.
final class RecordingListener implements PlayerListener {

    final Queue<String> sent = new ConcurrentLinkedQueue<>();
    final Queue<Event> events = new ConcurrentLinkedQueue<>();
    final Queue<Closing> partings = new ConcurrentLinkedQueue<>();
    final Queue<Duration> waits = new ConcurrentLinkedQueue<>();
    final Queue<Closing> stops = new ConcurrentLinkedQueue<>();

    @Override
    public void sent(String frame) {
        sent.add(frame);
    }

    @Override
    public void event(Event event) {
        events.add(event);
    }

    @Override
    public void parted(Closing how, Duration again) {
        partings.add(how);
        waits.add(again);
    }

    @Override
    public void stopped(Closing how) {
        stops.add(how);
    }
}
