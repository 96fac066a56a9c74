package dev.rookery.gateway.transport;

import dev.rookery.gateway.admission.Admission;
import dev.rookery.gateway.admission.AdmissionSettings;
import dev.rookery.gateway.admission.Proxies;
import dev.rookery.gateway.tls.Certificates;
import io.netty.channel.Channel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a connection begins with: the PROXY header where it is due, TLS where we speak it, then one request, which has
/// a bounded time to come in a bounded size. More sockets than may wait are closed at once: those who do not even ask
/// are not worth an answer.
public final class Entrance implements Consumer<Channel> {

    private static final int MAX_REQUEST_BYTES = 8_192;
    private static final int MAX_PROXY_TLV_BYTES = 1_024;

    private final Duration requestTimeout;
    private final Admission admission;
    private final Proxies tellingBefore;
    private final Proxies tellingInside;
    private final @Nullable Certificates certificates;
    private final Upgrade upgrade;
    private final @Nullable DevTokenRequests devTokens;
    private final Pages pages;
    private final EdgeMeters meters;

    /// @param requestTimeout from the connection to the whole of its request
    /// @param certificates   null where we speak no TLS
    /// @param devTokens      null where nobody gets a token from us
    /// @param pages          the browser client
    public Entrance(
            Duration requestTimeout,
            Admission admission,
            AdmissionSettings settings,
            @Nullable Certificates certificates,
            Upgrade upgrade,
            @Nullable DevTokenRequests devTokens,
            Pages pages,
            EdgeMeters meters) {
        var named = new Proxies(settings.proxies());
        var none = new Proxies(List.of());
        boolean isBefore = settings.proxiesTell() == AdmissionSettings.ProxiesTell.PROXY_PROTOCOL;
        this.requestTimeout = requestTimeout;
        this.admission = admission;
        this.tellingBefore = isBefore ? named : none;
        this.tellingInside = isBefore ? none : named;
        this.certificates = certificates;
        this.upgrade = upgrade;
        this.devTokens = devTokens;
        this.pages = pages;
        this.meters = meters;
    }

    /// On the connection's event loop.
    @Override
    public void accept(Channel channel) {
        var socket = Peer.address(channel);
        if (!admission.startWaiting(socket)) {
            meters.attempted(EdgeMeters.Outcome.FULL, "waiting");
            channel.close();
            return;
        }
        var pipeline = channel.pipeline();
        if (tellingBefore.contains(socket)) {
            pipeline.addLast(new HAProxyMessageDecoder(MAX_PROXY_TLV_BYTES), new ProxiedHandler(meters));
        }
        if (certificates != null) {
            pipeline.addLast(certificates.handler(channel.alloc()), new TlsFailures(meters));
        }
        pipeline.addLast(
                new HttpServerCodec(),
                new HttpObjectAggregator(MAX_REQUEST_BYTES),
                new RequestHandler(
                        requestTimeout, admission, socket, tellingInside, upgrade, devTokens, pages, meters));
    }
}
