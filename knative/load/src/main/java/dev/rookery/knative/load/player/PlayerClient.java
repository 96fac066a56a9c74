package dev.rookery.knative.load.player;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Players of a gateway or of several that are as one, as many as are wanted, all on one thread and over one HTTP
/// client.
public final class PlayerClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration GOODBYE_BOUND = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final Home home = new Home();
    private final Queue<Player> players = new ConcurrentLinkedQueue<>();
    private final Line.Way way;

    /// Players with tokens from the gateway itself.
    ///
    /// @param url `http://host:port` of the gateway
    public PlayerClient(URI url) {
        this(List.of(url));
    }

    /// Players of several gateways, with tokens from the first.
    ///
    /// @param urls each `http://host:port`; a player begins with the first, and takes the next whenever it
    ///             needs another connection
    public PlayerClient(List<URI> urls) {
        this.way = new Line.Way(http, urls, new DevTokens(http, urls.getFirst()), RandomGenerator.getDefault());
    }

    /// @param random for the jitter of retries
    public PlayerClient(URI url, Tokens tokens, RandomGenerator random) {
        this(List.of(url), tokens, random);
    }

    /// @param random for the jitter of retries
    public PlayerClient(List<URI> urls, Tokens tokens, RandomGenerator random) {
        this.way = new Line.Way(http, urls, tokens, random);
    }

    /// A player who connects at once, and again whenever it must.
    public Player connect(String player, PlayerSettings settings, PlayerListener listener) {
        var begun = new Player(player, way, settings, home, listener);
        players.add(begun);
        begun.begin();
        return begun;
    }

    public Player connect(String player, PlayerListener listener) {
        return connect(player, PlayerSettings.DEFAULT, listener);
    }

    /// Says goodbye for every player.
    @Override
    public void close() {
        players.forEach(Player::close);
        CompletableFuture.allOf(players.stream().map(Player::closed).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, GOODBYE_BOUND.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        http.shutdownNow();
        home.close();
    }
}
