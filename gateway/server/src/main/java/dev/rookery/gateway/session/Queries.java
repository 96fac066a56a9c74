package dev.rookery.gateway.session;

import dev.rookery.gateway.ingress.Broker;
import dev.rookery.gateway.protocol.ErrorCode;
import dev.rookery.gateway.protocol.ServerFrames;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One session's queries that wait for their answers: in no order, each for a bounded time.
///
/// Confined to the player's home.
final class Queries {

    private static final Duration RETRY_AFTER = Duration.ofMillis(200);

    private final Session session;
    private final Broker broker;
    private final SessionSettings settings;
    private final Map<String, Waiting> waiting = new HashMap<>();

    Queries(Session session, Broker broker, SessionSettings settings) {
        this.session = session;
        this.broker = broker;
        this.settings = settings;
    }

    /// A query whose id is waiting already gets the one answer that will come.
    void submit(Asked query) {
        if (waiting.containsKey(query.id())) {
            query.span().end();
            return;
        }
        if (waiting.size() >= settings.pending()) {
            query.failed(
                    ErrorCode.BUSY,
                    "queries: " + waiting.size() + " (expected: less than " + settings.pending() + ")",
                    RETRY_AFTER);
            return;
        }
        var timeout = session.home()
                .schedule(
                        () -> failed(query, ErrorCode.UNAVAILABLE, "no answer in time"),
                        settings.queryTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
        waiting.put(query.id(), new Waiting(query, timeout));
        broker.send(
                query.fitting().topic(),
                session.query(query),
                query.fitting().data(),
                query.span(),
                sent -> session.home().execute(() -> sent(query, sent)));
    }

    /// @param answer JSON object: `outcome`, `data`
    void answered(String re, String answer) {
        var answered = waiting.remove(re);
        if (answered != null) {
            answered.timeout().cancel(false);
            answered.query().answered();
            session.write(ServerFrames.answer(re, answer));
        }
    }

    void clear() {
        waiting.values().forEach(each -> {
            each.timeout().cancel(false);
            each.query().span().end();
        });
        waiting.clear();
    }

    private void sent(Asked query, Broker.Sent sent) {
        switch (sent) {
            case CONFIRMED -> query.span().end();
            case NOT_TAKEN -> failed(query, ErrorCode.BUSY, "the broker takes no more for the moment");
            case UNKNOWN -> failed(query, ErrorCode.UNAVAILABLE, "the broker did not confirm in time");
        }
    }

    private void failed(Asked query, ErrorCode code, String message) {
        var failed = waiting.get(query.id());
        if (failed != null && failed.query() == query) {
            waiting.remove(query.id());
            failed.timeout().cancel(false);
            query.failed(code, message, RETRY_AFTER);
        }
    }

    private record Waiting(Asked query, Future<?> timeout) {}
}
