package dev.rookery.gateway.transport;

import dev.rookery.eventing.contract.Position;
import dev.rookery.gateway.admission.Admission;
import dev.rookery.gateway.admission.Origins;
import dev.rookery.gateway.admission.Verdict;
import dev.rookery.gateway.protocol.ClientFrame;
import dev.rookery.gateway.protocol.Dialect;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a WebSocket of a request to connect (RFC 6455, section 4.2), or says why it is none.
public final class Upgrade {

    static final String PATH = "/v1/connect";
    private static final String BEARER = "Bearer ";
    private static final String RESUME = "Rookery-Resume";

    private final Admission admission;
    private final Origins origins;
    private final int maxFrameBytes;
    private final List<Dialect> dialects;
    private final Function<Greeting, List<ChannelHandler>> frames;

    /// @param maxFrameBytes of a message, and of each of its frames
    /// @param dialects      that clients may offer
    /// @param frames        what a connection goes on with
    public Upgrade(
            Admission admission,
            Origins origins,
            int maxFrameBytes,
            List<Dialect> dialects,
            Function<Greeting, List<ChannelHandler>> frames) {
        this.admission = admission;
        this.origins = origins;
        this.maxFrameBytes = maxFrameBytes;
        this.dialects = List.copyOf(dialects);
        this.frames = frames;
    }

    /// On the connection's event loop; the pipeline goes on with frames when this is empty.
    Optional<Refusal> upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            return bad(
                    "method",
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "method: " + request.method() + " (expected: GET)");
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
            return bad("http", HttpResponseStatus.BAD_REQUEST, "request: expected: HTTP/1.1 with one Host");
        }
        var dialect = offered(request);
        if (dialect == null) {
            return bad(
                    "subprotocol",
                    HttpResponseStatus.BAD_REQUEST,
                    "Sec-WebSocket-Protocol: none of ours (expected: "
                            + dialects.stream().map(Dialect::subprotocol).collect(Collectors.joining(" or ")) + ")");
        }
        var authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        if (!dialect.isNative() && !authorization.startsWith(BEARER)) {
            return bad(
                    "token", HttpResponseStatus.UNAUTHORIZED, "Authorization: none (expected: Bearer and the token)");
        }
        if (!isFromAllowedPage(request)) {
            return Optional.of(new Refusal(
                    EdgeMeters.Outcome.ORIGIN,
                    "origin",
                    Answer.text(HttpResponseStatus.FORBIDDEN, "Origin: not allowed (expected: one that is)")));
        }
        var greeting = dialect.isNative()
                ? new Greeting(dialect, null)
                : new Greeting(
                        dialect,
                        new ClientFrame.Hello(
                                authorization.substring(BEARER.length()).strip(),
                                resume(request.headers().get(RESUME))));
        return handshake(context, request, greeting);
    }

    private Optional<Refusal> handshake(ChannelHandlerContext context, FullHttpRequest request, Greeting greeting) {
        var decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxFrameBytes)
                .closeOnProtocolViolation(false)
                .build();
        var handshaker = new WebSocketServerHandshakerFactory(
                        PATH, greeting.dialect().subprotocol(), decoding)
                .newHandshaker(request);
        if (handshaker == null || handshaker.version() != WebSocketVersion.V13) {
            return bad(
                    "version",
                    HttpResponseStatus.UPGRADE_REQUIRED,
                    "Sec-WebSocket-Version: " + request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION)
                            + " (expected: 13)");
        }
        var address = Peer.address(context.channel());
        if (admission.open(address) instanceof Verdict.Refused refused) {
            return Optional.of(Refusal.of(refused));
        }
        context.channel().closeFuture().addListener(_ -> admission.close(address));
        try {
            handshaker.handshake(context.channel(), request);
        } catch (WebSocketHandshakeException e) {
            return bad("handshake", HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        context.pipeline()
                .addLast(
                        new Utf8FrameValidator(false),
                        new WebSocketFrameAggregator(maxFrameBytes),
                        ClientFaults.INSTANCE);
        context.pipeline().addLast(frames.apply(greeting).toArray(ChannelHandler[]::new));
        return Optional.empty();
    }

    /// A page that says two origins is no page.
    private boolean isFromAllowedPage(FullHttpRequest request) {
        var said = request.headers().getAll(HttpHeaderNames.ORIGIN);
        if (said.size() > 1) {
            return false;
        }
        var origin = said.isEmpty() ? null : said.getFirst();
        return origins.admit(origin, request.headers().get(HttpHeaderNames.HOST));
    }

    /// The client's first choice among ours.
    private @Nullable Dialect offered(FullHttpRequest request) {
        return request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(offered -> Arrays.stream(offered.split(",")))
                .map(String::strip)
                .flatMap(offered ->
                        dialects.stream().filter(each -> each.subprotocol().equals(offered)))
                .findFirst()
                .orElse(null);
    }

    /// As in a hello, a position that cannot be one is a position that the stream never had.
    private static @Nullable Position resume(@Nullable String position) {
        if (position == null) {
            return null;
        }
        try {
            return Position.parse(position);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// How a connection begins.
    ///
    /// @param hello what stands for the first frame; null when the client sends one
    public record Greeting(Dialect dialect, ClientFrame.@Nullable Hello hello) {}

    private static Optional<Refusal> bad(String errorType, HttpResponseStatus status, String text) {
        return Optional.of(Refusal.bad(errorType, status, text));
    }
}
