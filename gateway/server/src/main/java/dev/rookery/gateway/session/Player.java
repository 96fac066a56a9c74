package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.StreamMessage;
import dev.rookery.gateway.egress.PlayerFeed;
import dev.rookery.gateway.ingress.Spans;
import dev.rookery.gateway.protocol.CloseCode;
import io.netty.util.concurrent.EventExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// What the sessions of one player share while at least one is connected here.
///
/// Confined to the player's home; the feed calls from elsewhere and is sent there.
final class Player implements PlayerFeed.Listener {

    private final EventExecutor home;
    private final CommandLanes lanes;
    private final Spans spans;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final CompletionStage<Void> followed;

    Player(PlayerId id, EventExecutor home, CommandLanes lanes, Spans spans, PlayerFeed feed) {
        this.home = home;
        this.lanes = lanes;
        this.spans = spans;
        this.followed = feed.follow(id, this);
    }

    CommandLanes lanes() {
        return lanes;
    }

    /// Completed when nothing that is published from now on is missed.
    CompletionStage<Void> followed() {
        return followed;
    }

    void join(Session session) {
        sessions.put(session.id(), session);
    }

    /// @return whether it was the last
    boolean leave(Session session) {
        lanes.leave(session);
        return sessions.remove(session.id()) != null && sessions.isEmpty();
    }

    void replaceBy(Session newest) {
        for (var session : List.copyOf(sessions.values())) {
            if (session != newest) {
                session.close(CloseCode.REPLACED, "a newer session of the player");
            }
        }
    }

    @Override
    public void heard(StreamMessage message) {
        home.execute(() -> deliver(message));
    }

    @Override
    public void missedSome() {
        home.execute(() -> List.copyOf(sessions.values()).forEach(Session::readAgain));
    }

    private void deliver(StreamMessage message) {
        var span = spans.deliver(message.traceparent());
        switch (message) {
            case StreamMessage.Event event -> {
                List.copyOf(sessions.values()).forEach(session -> session.event(event.position(), event.event()));
                lanes.decided(event.re());
            }
            case StreamMessage.Repeat repeat -> {
                one(repeat.session(), session -> session.repeat(repeat.seq(), repeat.event()));
                lanes.decided(repeat.re());
            }
            case StreamMessage.Answered answered ->
                one(answered.session(), session -> session.answered(answered.re(), answered.answer()));
            case StreamMessage.Rejected rejected -> {
                one(
                        rejected.session(),
                        session -> session.rejected(rejected.re(), rejected.code(), rejected.message()));
                lanes.decided(rejected.re());
            }
        }
        span.end();
    }

    private void one(String id, Consumer<Session> then) {
        var session = sessions.get(id);
        if (session != null) {
            then.accept(session);
        }
    }
}
