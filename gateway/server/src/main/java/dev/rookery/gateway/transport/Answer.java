package dev.rookery.gateway.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What an HTTP request is answered with; the connection ends with it.
///
/// @param type       of the body, as in `Content-Type`
/// @param retryAfter whole seconds; null when trying again will not help
record Answer(
        HttpResponseStatus status,
        String type,
        String body,
        @Nullable Duration retryAfter) {

    static Answer text(HttpResponseStatus status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text + "\n", null);
    }

    static Answer json(String body) {
        return new Answer(HttpResponseStatus.OK, "application/json", body, null);
    }

    Answer after(Duration retryAfter) {
        return new Answer(status, type, body, retryAfter);
    }

    void send(ChannelHandlerContext context) {
        var content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (retryAfter != null) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, retryAfter.toSeconds());
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
