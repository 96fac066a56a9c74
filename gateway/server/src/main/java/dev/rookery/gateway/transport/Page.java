package dev.rookery.gateway.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Arrays;
import java.util.Locale;

/// One file of the browser client, and how it is answered; the connection ends with it.
///
/// @param type        as in `Content-Type`
/// @param isImmutable whether its name changes with its content, so that it may be kept for ever
/// @param tag         of its content, as in `ETag`
/// @param plain       its bytes, shared by all answers
/// @param zipped      the same, gzipped; empty where that is no smaller
@SuppressWarnings("ArrayRecordComponent")
record Page(String type, boolean isImmutable, String tag, byte[] plain, byte[] zipped) {

    /// Nothing comes from elsewhere, nothing is inline, nobody frames it. `connect-src 'self'` takes in the WebSocket.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String GZIP = "gzip";

    void send(ChannelHandlerContext context, FullHttpRequest request) {
        boolean isKnown = tag.equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
        boolean isZipped = zipped.length > 0 && takesGzip(request.headers());
        var bytes = isZipped ? zipped : plain;
        var content = isKnown || request.method().equals(HttpMethod.HEAD)
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(bytes);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, isKnown ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK, content);
        var headers = response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, isImmutable ? FOR_EVER : "no-cache")
                .set(HttpHeaderNames.ETAG, tag)
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (!isKnown) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
            if (isZipped) {
                headers.set(HttpHeaderNames.CONTENT_ENCODING, GZIP);
            }
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    /// `gzip;q=0` is a no (RFC 9110, section 12.5.3).
    private static boolean takesGzip(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.ACCEPT_ENCODING).stream()
                .flatMap(said -> Arrays.stream(said.split(",")))
                .map(coding -> coding.replace(" ", "").toLowerCase(Locale.ROOT))
                .anyMatch(coding ->
                        coding.equals(GZIP) || (coding.startsWith(GZIP + ";") && !coding.matches("gzip;q=0(\\.0*)?")));
    }
}
