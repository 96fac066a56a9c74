package dev.rookery.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::/65, 2001:db8::7fff:0:0:1, true",
        "2001:db8::/65, 2001:db8::8000:0:0:1, false",
        "::/0, 2001:db8::1, true",
        "::ffff:10.0.0.0/8, 10.1.1.1, true",
        "10.1.2.3/8, 10.9.9.9, true"
    })
    void aNetworkContainsWhoBeginsWithItsBits(String network, String address, boolean contains) {
        assertThat(Network.of(network).contains(InetAddress.ofLiteral(address))).isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false"
    })
    void aSubscriberIsAnAddressOrTheHalfOfALongOne(String one, String other, boolean isSame) {
        var subscriber = Network.subscriber(InetAddress.ofLiteral(one));

        assertThat(subscriber.equals(Network.subscriber(InetAddress.ofLiteral(other))))
                .isEqualTo(isSame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/", "/8", "10.0.0/x"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> Network.of(text))
                .hasMessage("network: " + text + " (expected: an address, or one such as 10.0.0.0/8)");
    }
}
