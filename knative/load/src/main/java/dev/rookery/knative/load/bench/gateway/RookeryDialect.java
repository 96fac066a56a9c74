package dev.rookery.knative.load.bench.gateway;

import dev.rookery.knative.load.protocol.BadFrameException;
import dev.rookery.knative.load.protocol.ClientFrames;
import dev.rookery.knative.load.protocol.FrameScan;
import dev.rookery.knative.load.protocol.Position;
import dev.rookery.knative.load.socket.Upgrade;
import dev.rookery.knative.load.swarm.TokenMint;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The player protocol. Each guest is a player of its own, with a token that is checked and a stream that is resumed:
/// what the others do not do is in our figures.
final class RookeryDialect implements Dialect {

    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final String secret;
    private final String run;
    private final ThreadLocal<TokenMint> mints;

    /// @param run in front of every player's name
    RookeryDialect(String secret, String run) {
        this.secret = secret;
        this.run = run;
        mints = ThreadLocal.withInitial(() -> new TokenMint(this.secret, TOKEN_LIFETIME));
    }

    @Override
    public Upgrade upgrade() {
        return new Upgrade("/v1/connect", "rookery.v1.json");
    }

    @Override
    public String hello(int guest, @Nullable Position from) {
        return ClientFrames.hello(mints.get().token(run + guest, Instant.now()), from);
    }

    @Override
    public String ping(long at) {
        return PlainDialect.PLAIN.ping(at);
    }

    @Override
    public String join(int guest, String room) {
        return ClientFrames.join("j-" + guest, room, null);
    }

    @Override
    public String cast(String room, long at, long number, String padding) {
        return PlainDialect.PLAIN.cast(room, at, number, padding);
    }

    @Override
    public Heard read(FrameScan scan, byte[] bytes, int from, int to) throws BadFrameException {
        scan.read(bytes, from, to);
        return switch (scan.op()) {
            case WELCOME -> Heard.READY;
            case JOINED -> Heard.JOINED;
            case PONG -> Heard.PONG;
            case CAST -> Heard.CAST;
            case ERROR -> Heard.ERROR;
            case ACCEPTED, EVENT, PRESENCE, DRAIN, OTHER -> Heard.OTHER;
        };
    }
}
