package dev.rookery.gateway.session;

import dev.rookery.eventing.contract.Lsn;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.PlayerStreams;
import dev.rookery.eventing.stream.StreamMessage;
import dev.rookery.gateway.egress.ChannelFeed;
import dev.rookery.gateway.ingress.Spans;
import dev.rookery.gateway.limits.RequestLimits;
import io.netty.util.concurrent.EventExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the sessions of one player share while at least one is connected here.
///
/// Confined to the player's home; the feed calls from elsewhere and is sent there.
final class Player implements ChannelFeed.Listener {

    private final EventExecutor home;
    private final CommandLanes lanes;
    private final RequestLimits limits;
    private final Spans spans;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final CompletionStage<Void> followed;
    /// What the player has been told was committed before it; null when nothing is known.
    private @Nullable Lsn seen;

    Player(PlayerId id, EventExecutor home, CommandLanes lanes, RequestLimits limits, Spans spans, ChannelFeed feed) {
        this.home = home;
        this.lanes = lanes;
        this.limits = limits;
        this.spans = spans;
        this.followed = feed.follow(PlayerStreams.channel(id), this);
    }

    /// Where all that belongs to the player runs.
    EventExecutor home() {
        return home;
    }

    CommandLanes lanes() {
        return lanes;
    }

    /// How much all of the sessions may ask.
    RequestLimits limits() {
        return limits;
    }

    /// Completed when nothing that is published from now on is missed.
    CompletionStage<Void> followed() {
        return followed;
    }

    /// What the answers to the player's queries have to have.
    @Nullable
    Lsn seen() {
        return seen;
    }

    /// The player is about to be told what was committed before a place.
    void seen(@Nullable Lsn lsn) {
        if (lsn != null && (seen == null || lsn.compareTo(seen) > 0)) {
            seen = lsn;
        }
    }

    void join(Session session) {
        sessions.put(session.id(), session);
    }

    void leave(Session session) {
        lanes.leave(session);
        sessions.remove(session.id());
    }

    void replaceBy(Session newest) {
        for (var session : List.copyOf(sessions.values())) {
            if (session != newest) {
                session.replaced();
            }
        }
    }

    /// A session was claimed, here or elsewhere; from any thread.
    void claimed(long number) {
        home.execute(() -> List.copyOf(sessions.values()).forEach(session -> session.claimed(number)));
    }

    /// Claims may have been missed; from any thread.
    void lookForClaims() {
        home.execute(() -> List.copyOf(sessions.values()).forEach(Session::lookForClaim));
    }

    @Override
    public void heard(String message) {
        var parsed = StreamMessage.parse(message);
        home.execute(() -> deliver(parsed));
    }

    @Override
    public void missedSome() {
        home.execute(() -> List.copyOf(sessions.values()).forEach(Session::readAgain));
    }

    private void deliver(StreamMessage message) {
        var span = spans.deliver(message.traceparent());
        switch (message) {
            case StreamMessage.Event event -> {
                seen(event.lsn());
                List.copyOf(sessions.values()).forEach(session -> session.event(event.position(), event.event()));
                lanes.decided(event.re());
            }
            case StreamMessage.Repeat repeat -> {
                seen(repeat.lsn());
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
