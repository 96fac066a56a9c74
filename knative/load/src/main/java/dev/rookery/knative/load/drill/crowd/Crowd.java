package dev.rookery.knative.load.drill.crowd;

import dev.rookery.knative.load.drill.fault.Lull;
import dev.rookery.knative.load.player.PlayerClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// All players: each goes its steps at random moments until they are told to rest.
public final class Crowd implements AutoCloseable {

    private static final int LEAST_PAUSE_MILLIS = 100;
    private static final int MOST_PAUSE_MILLIS = 700;
    private static final long WELCOME_SECONDS = 60;

    private final List<PlayerClient> clients;
    private final List<Gambler> gamblers = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("crowd").daemon().factory());
    private final Lull lull;
    private volatile boolean isResting;

    /// Connects everybody, and waits until they are welcome.
    ///
    /// @param urls   of gateways; half of the players begin with the last
    /// @param prefix of their ids
    /// @param lull   in which they do nothing
    public Crowd(List<URI> urls, String prefix, int size, long seed, Lull lull) {
        this.lull = lull;
        this.clients = List.of(new PlayerClient(urls), new PlayerClient(urls.reversed()));
        var random = new SplittableRandom(seed);
        var habits = Habit.values();
        for (int n = 0; n < size; n++) {
            var id = "%s%02d".formatted(prefix, n);
            // One in four has limits, one in eight has enough.
            var habit = n % 8 == 7 ? habits[2] : n % 4 == 1 ? habits[1] : habits[0];
            gamblers.add(new Gambler(id, habit, random.split(), clients.get(n % clients.size())));
        }
        CompletableFuture.allOf(gamblers.stream().map(Gambler::welcomed).toArray(CompletableFuture[]::new))
                .orTimeout(WELCOME_SECONDS, TimeUnit.SECONDS)
                .join();
        var pauses = random.split();
        gamblers.forEach(gambler -> go(gambler, pauses.split()));
    }

    public List<String> ids() {
        return gamblers.stream().map(Gambler::id).toList();
    }

    /// Nobody asks for anything new, but that one looks on: what is due is done by functions that are awake.
    public void rest() {
        isResting = true;
    }

    /// How much is undecided.
    public int undecided() {
        return gamblers.stream().mapToInt(Gambler::undecided).sum();
    }

    public List<Testimony> testimonies() {
        return gamblers.stream().map(Gambler::testimony).toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        clients.forEach(PlayerClient::close);
    }

    private void go(Gambler gambler, SplittableRandom random) {
        var pause = Duration.ofMillis(random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
        timer.schedule(
                () -> {
                    if (!isResting && !lull.isOn()) {
                        gambler.step();
                    }
                    if (isResting && gambler == gamblers.getFirst()) {
                        gambler.look();
                    }
                    go(gambler, random);
                },
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
