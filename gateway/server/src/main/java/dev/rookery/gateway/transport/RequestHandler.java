package dev.rookery.gateway.transport;

import dev.rookery.gateway.admission.Admission;
import dev.rookery.gateway.admission.Proxies;
import dev.rookery.gateway.admission.Verdict;
import dev.rookery.gateway.drain.Departure;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the one HTTP request that a connection has: the upgrade at `/v1/connect`, and on one machine
/// `/v1/dev/token`, or a file of the browser client. As long as it stands in the pipeline, the connection waits.
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String DEV_TOKEN = "/v1/dev/token";
    /// To take a file whole, which over a slow network needs longer than to ask for it.
    private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(60);

    private final Duration timeout;
    private final Admission admission;
    private final InetAddress socket;
    private final Proxies proxies;
    private final Upgrade upgrade;
    private final @Nullable DevTokenRequests devTokens;
    private final Pages pages;
    private final EdgeMeters meters;
    private @Nullable Future<?> deadline;
    private boolean isAnswered;

    /// @param timeout   for the whole request to come
    /// @param socket    whence it comes, be that a proxy's
    /// @param proxies   whose `X-Forwarded-For` is believed
    /// @param devTokens null where nobody gets a token from us
    /// @param pages     the browser client
    RequestHandler(
            Duration timeout,
            Admission admission,
            InetAddress socket,
            Proxies proxies,
            Upgrade upgrade,
            @Nullable DevTokenRequests devTokens,
            Pages pages,
            EdgeMeters meters) {
        this.timeout = timeout;
        this.admission = admission;
        this.socket = socket;
        this.proxies = proxies;
        this.upgrade = upgrade;
        this.devTokens = devTokens;
        this.pages = pages;
        this.meters = meters;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        endAfter(context, timeout);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        admission.stopWaiting(socket);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (isAnswered) {
            return;
        }
        var address = proxies.client(
                Peer.address(context.channel()), request.headers().getAll(FORWARDED_FOR));
        Peer.tell(context.channel(), address);
        if (admission.attempt(address) instanceof Verdict.Refused refused) {
            refuse(context, Refusal.of(refused));
        } else if (request.decoderResult().isFailure()) {
            refuse(context, Refusal.unreadable(request.decoderResult().cause()));
        } else {
            route(context, request);
        }
    }

    /// Who has not asked yet is asked to ask elsewhere.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof Departure) {
            context.close();
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("{}: request failed: {}", Peer.address(context.channel()), cause.toString());
        }
        context.close();
    }

    private void route(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.uri().equals(Upgrade.PATH)) {
            connect(context, request);
        } else if (request.uri().equals(DEV_TOKEN) && devTokens != null) {
            answer(context, devTokens.answer(request));
        } else {
            pages.find(request)
                    .ifPresentOrElse(page -> show(context, request, page), () -> refuse(context, unknown(request)));
        }
    }

    private void show(ChannelHandlerContext context, FullHttpRequest request, Page page) {
        if (!Pages.isRead(request)) {
            var text = "method: " + request.method() + " (expected: GET or HEAD)";
            refuse(context, Refusal.bad("method", HttpResponseStatus.METHOD_NOT_ALLOWED, text));
            return;
        }
        isAnswered = true;
        endAfter(context, PAGE_TIMEOUT);
        page.send(context, request);
    }

    private Refusal unknown(FullHttpRequest request) {
        return new Refusal(EdgeMeters.Outcome.BAD_REQUEST, "path", pages.missing(request));
    }

    private void connect(ChannelHandlerContext context, FullHttpRequest request) {
        upgrade.upgrade(context, request)
                .ifPresentOrElse(
                        refusal -> refuse(context, refusal),
                        () -> context.pipeline().remove(this));
    }

    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        LOG.debug("{}: {} {}", Peer.address(context.channel()), refusal.outcome(), refusal.errorType());
        meters.attempted(refusal.outcome(), refusal.errorType());
        answer(context, refusal.answer());
    }

    private void answer(ChannelHandlerContext context, Answer answer) {
        isAnswered = true;
        answer.send(context);
    }

    private void endAfter(ChannelHandlerContext context, Duration time) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = context.executor().schedule(() -> late(context), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void late(ChannelHandlerContext context) {
        if (!isAnswered) {
            meters.attempted(EdgeMeters.Outcome.REQUEST_LATE, "timeout");
        }
        context.close();
    }
}
