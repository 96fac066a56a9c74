package dev.rookery.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private final Proxies proxies = new Proxies(List.of(Network.of("10.0.0.0/8"), Network.of("2001:db8:ffff::/48")));

    /// Several headers are separated by `|`.
    @ParameterizedTest
    @CsvSource({
        "203.0.113.5, 198.51.100.1, 203.0.113.5",
        "10.0.0.1, 198.51.100.1, 198.51.100.1",
        "10.0.0.1, '1.1.1.1, 198.51.100.1', 198.51.100.1",
        "10.0.0.1, '1.1.1.1, 198.51.100.1, 10.0.0.2', 198.51.100.1",
        "10.0.0.1, '198.51.100.1|10.0.0.2', 198.51.100.1",
        "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
        "10.0.0.1, '198.51.100.1, unknown', 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1",
        "10.0.0.1, '198.51.100.1, ', 10.0.0.1",
        "10.0.0.1, 198.51.100.1:4711, 198.51.100.1",
        "10.0.0.1, [2001:db8::1]:4711, 2001:db8::1",
        "10.0.0.1, [2001:db8::1], 2001:db8::1",
        "10.0.0.1, [, 10.0.0.1",
        "2001:db8:ffff::1, 2001:db8::1, 2001:db8::1"
    })
    void theClientIsTheLastWhoIsNoProxyOfOurs(String peer, String forwarded, String client) {
        var headers = Arrays.asList(forwarded.split("\\|", -1));

        assertThat(proxies.client(InetAddress.ofLiteral(peer), headers)).isEqualTo(InetAddress.ofLiteral(client));
    }
}
