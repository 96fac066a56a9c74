package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.socket.Ending;
import java.time.Duration;
import java.util.List;

/// All clients lose their connection at once and come back at once: connect, resume where the server knows that, and
/// join their room of a hundred again.
final class StormScenario implements Scenario {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int ROOM = 100;
    private static final int ROUNDS = 3;

    private StormScenario() {}

    static List<Figure> measure(Server server, BenchPlan plan) {
        try (var guests = new Guests(plan.loops(), server)) {
            guests.seat(plan.stormClients());
            guests.listen(new StormScenario());
            int size = guests.size();
            guests.each(StormScenario::join);
            await(guests, size, 0);
            long warm = System.nanoTime() + plan.warmUp().toNanos();
            while (System.nanoTime() < warm) {
                storm(guests);
            }
            double ready = 0;
            double joined = 0;
            int resumed = guests.resumed();
            var meter = Meter.start(server.process());
            for (int round = 0; round < ROUNDS; round++) {
                var took = storm(guests);
                ready += took.readySeconds();
                joined += took.joinedSeconds();
            }
            var used = meter.stop();
            long all = (long) size * ROUNDS;
            var what = "storm of " + size;
            return List.of(
                    Figure.more(what + ": connected and welcomed", "1/s", (double) all / ready),
                    Figure.more(what + ": back in their rooms", "1/s", (double) all / joined),
                    Figure.less(what + ": server CPU", "us each", used.serverMicrosEach(all)),
                    Figure.note(
                            what + ": resumed where they were",
                            "%",
                            100.0 * (guests.resumed() - resumed) / (double) all),
                    Figure.note(what + ": client CPU", "processors", used.clientShare()));
        }
    }

    @Override
    public void ready(Guest guest) {
        join(guest);
    }

    @Override
    public void lost(Guest guest, Ending ending) {
        guest.table().dial(guest);
    }

    private static Took storm(Guests guests) {
        int size = guests.size();
        int before = guests.joined();
        long begin = System.nanoTime();
        guests.each(Guest::cut);
        // First they all go.
        Waiting.until(BOUND, () -> guests.ready() < size / 2 || guests.joined() > before);
        Waiting.until(BOUND, () -> guests.ready() == size);
        double ready = (System.nanoTime() - begin) / 1e9;
        await(guests, size, before);
        return new Took(ready, (System.nanoTime() - begin) / 1e9);
    }

    private static void join(Guest guest) {
        guest.send(guest.table().dialect().join(guest.index(), "open:storm-" + guest.index() / ROOM));
    }

    private static void await(Guests guests, int size, int before) {
        if (!Waiting.until(BOUND, () -> guests.ready() == size && guests.joined() - before >= size)) {
            throw new IllegalStateException(
                    "storm: %d of %d are back, %d in their rooms, errors %s (expected: all within %s)"
                            .formatted(guests.ready(), size, guests.joined() - before, guests.errors(), BOUND));
        }
    }

    /// From the loss of all connections until all are back.
    private record Took(double readySeconds, double joinedSeconds) {}
}
