package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.gateway.connection.Connection;
import dev.rookery.gateway.directory.Claims;
import dev.rookery.gateway.directory.Directory;
import dev.rookery.gateway.drain.DrainSettings;
import dev.rookery.gateway.egress.ChannelFeed;
import dev.rookery.gateway.ingress.Broker;
import dev.rookery.gateway.ingress.Intake;
import dev.rookery.gateway.ingress.Spans;
import dev.rookery.gateway.limits.LimitSettings;
import dev.rookery.gateway.limits.RequestLimits;
import dev.rookery.gateway.rooms.Rooms;
import dev.rookery.gateway.token.PlayerToken;
import io.netty.util.concurrent.EventExecutor;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The players who are connected to this pod. Each has a home, the event loop of the first of its connections, for as
/// long as it has any: that is where all that belongs to the player runs. So the frames of most players never change
/// threads; another connection of the same player may be on another loop.
public final class Players implements Claims.Listener {

    private final Map<PlayerId, Used> connected = new ConcurrentHashMap<>();
    private final SessionSettings settings;
    private final DrainSettings drainSettings;
    private final LimitSettings limits;
    private final Intake intake;
    private final Broker broker;
    private final ChannelFeed feed;
    private final PlayerStreams streams;
    private final Rooms rooms;
    private final Claims claims;
    private final Directory directory;
    private final Spans spans;
    private final GatewayMeters meters;
    private final InstantSource clock;

    public Players(
            SessionSettings settings,
            DrainSettings drainSettings,
            LimitSettings limits,
            Intake intake,
            Broker broker,
            ChannelFeed feed,
            PlayerStreams streams,
            Rooms rooms,
            Claims claims,
            Directory directory,
            Spans spans,
            GatewayMeters meters,
            InstantSource clock) {
        this.settings = settings;
        this.drainSettings = drainSettings;
        this.limits = limits;
        this.intake = intake;
        this.broker = broker;
        this.feed = feed;
        this.streams = streams;
        this.rooms = rooms;
        this.claims = claims;
        this.directory = directory;
        this.spans = spans;
        this.meters = meters;
        this.clock = clock;
    }

    /// Begins a session; it welcomes the client by itself.
    ///
    /// @param resume   what the client last saw; null when it saw nothing
    /// @param welcomed runs on the connection's own loop when the client has been welcomed
    Session open(PlayerToken token, @Nullable Position resume, Connection connection, Runnable welcomed) {
        var player = use(token.player(), connection.loop());
        var session = new Session(token, player, connection, this, welcomed);
        player.home().execute(() -> join(session, player, resume));
        return session;
    }

    @Override
    public void claimed(PlayerId id, long number) {
        var used = connected.get(id);
        if (used != null) {
            used.player().claimed(number);
        }
    }

    @Override
    public void missedSome() {
        connected.values().forEach(used -> used.player().lookForClaims());
    }

    SessionSettings settings() {
        return settings;
    }

    DrainSettings drainSettings() {
        return drainSettings;
    }

    LimitSettings limits() {
        return limits;
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

    Rooms rooms() {
        return rooms;
    }

    Spans spans() {
        return spans;
    }

    GatewayMeters meters() {
        return meters;
    }

    Directory directory() {
        return directory;
    }

    InstantSource clock() {
        return clock;
    }

    /// At the player's home, once for each session that was opened.
    void leave(Session session, Player player) {
        player.leave(session);
        connected.computeIfPresent(session.player(), (id, current) -> {
            if (current.sessions() > 1) {
                return new Used(player, current.sessions() - 1);
            }
            feed.leave(PlayerStreams.channel(id), player);
            return null;
        });
    }

    private Player use(PlayerId id, EventExecutor loop) {
        return connected
                .compute(
                        id,
                        (_, current) -> current == null
                                ? new Used(begin(id, loop), 1)
                                : new Used(current.player(), current.sessions() + 1))
                .player();
    }

    private void join(Session session, Player player, @Nullable Position resume) {
        player.join(session);
        if (settings.perPlayer() == SessionSettings.PerPlayer.SINGLE) {
            player.replaceBy(session);
            session.claim(claims);
        }
        session.begin(resume);
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
        var requests = new RequestLimits(
                intake.catalog(), settings.commandsPerSecond(), limits.commandBurst(), System.nanoTime());
        return new Player(id, home, lanes, requests, spans, feed);
    }

    /// @param sessions that were opened and have not left
    private record Used(Player player, int sessions) {}
}
