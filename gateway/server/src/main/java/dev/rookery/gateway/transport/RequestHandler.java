package dev.rookery.gateway.transport;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.gateway.token.DevTokens;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Answers the few HTTP requests that there are: the upgrade at `/v1/connect`, and on one machine
/// `/v1/dev/token`.
public final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CONNECT = "/v1/connect";
    private static final String DEV_TOKEN = "/v1/dev/token";
    private static final String SUBPROTOCOL = "rookery.v1.json";

    private final Duration timeout;
    private final int maxFrameBytes;
    private final Supplier<List<ChannelHandler>> frames;
    private final @Nullable DevTokens devTokens;
    private @Nullable Future<?> deadline;

    /// @param timeout   for the whole request to come
    /// @param frames    what a connection goes on with after the upgrade
    /// @param devTokens null where nobody gets a token from us
    public RequestHandler(
            Duration timeout, int maxFrameBytes, Supplier<List<ChannelHandler>> frames, @Nullable DevTokens devTokens) {
        this.timeout = timeout;
        this.maxFrameBytes = maxFrameBytes;
        this.frames = frames;
        this.devTokens = devTokens;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> context.close(), timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        switch (request.uri()) {
            case CONNECT -> connect(context, request);
            case DEV_TOKEN -> token(context, request);
            default -> answer(context, HttpResponseStatus.NOT_FOUND, "path: unknown (expected: " + CONNECT + ")");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("request failed: {}", cause.toString());
        }
        context.close();
    }

    private void connect(ChannelHandlerContext context, FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            answer(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "method: " + request.method() + " (expected: GET)");
            return;
        }
        if (!offersOurs(request)) {
            answer(
                    context,
                    HttpResponseStatus.BAD_REQUEST,
                    "Sec-WebSocket-Protocol: none of ours (expected: " + SUBPROTOCOL + ")");
            return;
        }
        upgrade(context, request);
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        var decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxFrameBytes)
                .closeOnProtocolViolation(false)
                .build();
        var handshaker = new WebSocketServerHandshakerFactory(CONNECT, SUBPROTOCOL, decoding).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        try {
            handshaker.handshake(context.channel(), request);
        } catch (WebSocketHandshakeException e) {
            answer(context, HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        var pipeline = context.pipeline();
        pipeline.addLast(new Utf8FrameValidator(false), new WebSocketFrameAggregator(maxFrameBytes));
        pipeline.addLast(frames.get().toArray(ChannelHandler[]::new));
        pipeline.remove(this);
    }

    private static boolean offersOurs(FullHttpRequest request) {
        return request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(offered -> Arrays.stream(offered.split(",")))
                .anyMatch(offered -> offered.strip().equals(SUBPROTOCOL));
    }

    private void token(ChannelHandlerContext context, FullHttpRequest request) {
        if (devTokens == null) {
            answer(context, HttpResponseStatus.NOT_FOUND, "path: unknown (expected: " + CONNECT + ")");
            return;
        }
        if (!request.method().equals(HttpMethod.POST)) {
            answer(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "method: " + request.method() + " (expected: POST)");
            return;
        }
        try {
            var asked = JSON.readTree(request.content().toString(StandardCharsets.UTF_8));
            var player = new PlayerId(asked.path("player").asString(""));
            var answer = JSON.createObjectNode().put("token", devTokens.issue(player));
            answer(context, HttpResponseStatus.OK, "application/json", answer.toString());
        } catch (JacksonException | IllegalArgumentException e) {
            answer(
                    context,
                    HttpResponseStatus.BAD_REQUEST,
                    "body: " + e.getMessage() + " (expected: {\"player\":\"…\"})");
        }
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        answer(context, status, "text/plain; charset=utf-8", text + "\n");
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, String type, String body) {
        var content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
