package dev.rookery.gateway.admission;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may connect.
///
/// @param maxConnections    upgraded, on this pod; a process needs as many open files and some 200 more
/// @param maxWaiting        sockets that are accepted and not upgraded, on this pod
/// @param maxWaitingPerAddress of these, from one address; proxies are not bound by it, and who is unlimited is not
/// @param maxPerAddress     upgraded, from one address (of IPv6: from one /64)
/// @param attemptsPerSecond that an address gets back, down to one in a hundred seconds
/// @param attemptsBurst     that an address may make at once
/// @param maxAddresses      whose attempts are remembered
/// @param unlimited         addresses that may connect as often as they like: those of this machine
/// @param proxies           whose word is taken for whom they speak for
/// @param proxiesTell       how they say it
/// @param origins           pages whose scripts may connect ([Origins]); none for those of the same host
/// @param retryAfter        that a refused client is told, up to twice of it at random; whole seconds
@ConfigurationProperties("rookery.admission")
public record AdmissionSettings(
        @DefaultValue("16000") int maxConnections,
        @DefaultValue("2000") int maxWaiting,
        @DefaultValue("200") int maxWaitingPerAddress,
        @DefaultValue("500") int maxPerAddress,
        @DefaultValue("20") double attemptsPerSecond,
        @DefaultValue("200") int attemptsBurst,
        @DefaultValue("50000") int maxAddresses,
        @DefaultValue({"127.0.0.0/8", "::1"}) List<Network> unlimited,
        @DefaultValue List<Network> proxies,
        @DefaultValue("forwarded-for") ProxiesTell proxiesTell,
        @DefaultValue List<String> origins,
        @DefaultValue("5s") Duration retryAfter) {

    private static final double MIN_PER_SECOND = 0.01;
    private static final double MAX_PER_SECOND = 1e6;

    public AdmissionSettings {
        positive("max-connections", maxConnections);
        positive("max-waiting", maxWaiting);
        positive("max-waiting-per-address", maxWaitingPerAddress);
        positive("max-per-address", maxPerAddress);
        positive("attempts-burst", attemptsBurst);
        positive("max-addresses", maxAddresses);
        if (!(attemptsPerSecond >= MIN_PER_SECOND && attemptsPerSecond <= MAX_PER_SECOND)) {
            throw new IllegalArgumentException("rookery.admission.attempts-per-second: " + attemptsPerSecond
                    + " (expected: " + MIN_PER_SECOND + ".." + MAX_PER_SECOND + ")");
        }
        if (retryAfter.toSeconds() < 1) {
            throw new IllegalArgumentException("rookery.admission.retry-after: " + retryAfter + " (expected: >= 1s)");
        }
        unlimited = List.copyOf(unlimited);
        proxies = List.copyOf(proxies);
        origins = new Origins(origins).allowed();
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("rookery.admission." + name + ": " + value + " (expected: >= 1)");
        }
    }

    /// How a proxy says whom it speaks for. One of them alone: what the other would say is the client's own word.
    public enum ProxiesTell {
        /// By the header `X-Forwarded-For`.
        FORWARDED_FOR,
        /// By the PROXY protocol, version 1 or 2, before all else; without it a proxy is refused.
        PROXY_PROTOCOL
    }
}
