package dev.rookery.gateway.session;

import dev.rookery.gateway.directory.Claims;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// One session's claim to be its player's only one: the newest closes the others, whichever pod they are on. What
/// Redis does not answer is asked again as long as the session lives.
///
/// Confined to the player's home.
final class Claim {

    private static final long RETRY_MILLIS = 500;

    private final Session session;
    private final Claims claims;
    /// 0 until it is known.
    private long number;
    private long newest;

    Claim(Session session, Claims claims) {
        this.session = session;
        this.claims = claims;
    }

    void make() {
        if (!session.hasEnded()) {
            atHome(claims.claim(session.player(), session.id()), this::made, this::make);
        }
    }

    /// A newer one may have been missed.
    void look() {
        if (number != 0 && !session.hasEnded()) {
            atHome(claims.confirm(session.player(), session.id(), number), this::heard, this::look);
        }
    }

    /// Of a claim of the same player.
    void heard(long other) {
        newest = Math.max(newest, other);
        settle();
    }

    void release() {
        claims.release(session.player(), session.id());
    }

    private void made(long own) {
        number = own;
        settle();
    }

    private void settle() {
        if (number != 0 && number < newest) {
            session.replaced();
        }
    }

    private void atHome(CompletionStage<Long> asked, LongConsumer then, Runnable again) {
        asked.toCompletableFuture()
                .orTimeout(session.redisTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> session.home().execute(() -> {
                    if (failure == null) {
                        then.accept(answer);
                    } else {
                        session.home().schedule(again, RETRY_MILLIS, TimeUnit.MILLISECONDS);
                    }
                }));
    }
}
