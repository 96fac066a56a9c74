package dev.rookery.gateway.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate as it is now. The files are looked at now and then, by content, because who renews them may do it
/// in any way (cert-manager moves a symbolic link); what cannot be shown is not, and the one before stays.
public final class Certificates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final TlsSettings.Files files;
    private final Duration handshakeTimeout;
    private final ScheduledThreadPoolExecutor looking = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("certificates").daemon().factory());
    private Identity seen;
    private volatile SslContext shown;

    private Certificates(TlsSettings settings, TlsSettings.Files files) throws IOException {
        this.files = files;
        this.handshakeTimeout = settings.handshakeTimeout();
        this.seen = Identity.read(files);
        this.shown = seen.context();
        long millis = settings.reloadInterval().toMillis();
        looking.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /// None when players speak no TLS to us.
    ///
    /// @throws IllegalArgumentException when what the files hold cannot be shown
    /// @throws UncheckedIOException     when they cannot be read
    public static Optional<Certificates> of(TlsSettings settings) {
        var files = settings.files();
        if (files == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Certificates(settings, files));
        } catch (IOException e) {
            throw new UncheckedIOException("rookery.tls: cannot be read: " + e, e);
        }
    }

    /// For one more connection; those before keep what they were shown.
    public SslHandler handler(ByteBufAllocator allocator) {
        var handler = shown.newHandler(allocator);
        handler.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        return handler;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    private void look() {
        try {
            var now = Identity.read(files);
            if (!now.equals(seen)) {
                seen = now;
                shown = now.context();
                LOG.info("shows the certificate in {} as it is now", files.certificate());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("keeps the certificate it has: {}", e.toString());
        }
    }
}
