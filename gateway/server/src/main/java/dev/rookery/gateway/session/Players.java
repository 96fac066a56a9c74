package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.gateway.egress.PlayerFeed;
import dev.rookery.gateway.ingress.Broker;
import dev.rookery.gateway.ingress.Intake;
import dev.rookery.gateway.ingress.Spans;
import dev.rookery.gateway.token.PlayerToken;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The players who are connected to this pod. Each has a home, one of the event loops, the same for ever: that is
/// where all that belongs to the player runs.
public final class Players {

    private final List<EventExecutor> homes = new ArrayList<>();
    private final Map<PlayerId, Player> connected = new ConcurrentHashMap<>();
    private final SessionSettings settings;
    private final Intake intake;
    private final Broker broker;
    private final PlayerFeed feed;
    private final PlayerStreams streams;
    private final Spans spans;
    private final GatewayMeters meters;
    private final InstantSource clock;

    public Players(
            EventLoopGroup loops,
            SessionSettings settings,
            Intake intake,
            Broker broker,
            PlayerFeed feed,
            PlayerStreams streams,
            Spans spans,
            GatewayMeters meters,
            InstantSource clock) {
        loops.forEach(homes::add);
        this.settings = settings;
        this.intake = intake;
        this.broker = broker;
        this.feed = feed;
        this.streams = streams;
        this.spans = spans;
        this.meters = meters;
        this.clock = clock;
    }

    /// Begins a session; it welcomes the client by itself.
    ///
    /// @param resume what the client last saw; null when it saw nothing
    Session open(PlayerToken token, @Nullable Position resume, Connection connection) {
        var home = homes.get(Math.floorMod(token.player().hashCode(), homes.size()));
        var session = new Session(token, home, connection, this);
        home.execute(() -> join(session, resume));
        return session;
    }

    SessionSettings settings() {
        return settings;
    }

    Intake intake() {
        return intake;
    }

    Broker broker() {
        return broker;
    }

    PlayerStreams streams() {
        return streams;
    }

    Spans spans() {
        return spans;
    }

    GatewayMeters meters() {
        return meters;
    }

    InstantSource clock() {
        return clock;
    }

    /// At the player's home.
    void leave(Session session, Player player) {
        if (player.leave(session)) {
            connected.remove(session.player(), player);
            feed.leave(session.player());
        }
    }

    private void join(Session session, @Nullable Position resume) {
        var player = connected.computeIfAbsent(session.player(), id -> begin(id, session.home()));
        player.join(session);
        if (settings.perPlayer() == SessionSettings.PerPlayer.SINGLE) {
            player.replaceBy(session);
        }
        session.begin(player, resume);
    }

    private Player begin(PlayerId id, EventExecutor home) {
        var lanes = new CommandLanes(settings.pending(), (command, then) -> {
            var asked = command.asker().request(command);
            broker.send(
                    command.fitting().topic(),
                    asked,
                    command.fitting().data(),
                    command.span(),
                    sent -> home.execute(() -> then.accept(sent)));
        });
        return new Player(id, home, lanes, spans, feed);
    }
}
