package dev.rookery.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AdmissionTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("203.0.113.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("203.0.113.2");
    private static final InetAddress THIRD = InetAddress.ofLiteral("203.0.113.3");
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private long nowNanos;

    @Test
    void anAddressMayTryInABurstAndThenAtASteadyRate() {
        var admission = admission(Map.of("attempts-burst", "2", "attempts-per-second", "4"));

        assertThat(admission.attempt(ONE)).isEqualTo(new Verdict.Admitted());
        assertThat(admission.attempt(ONE)).isEqualTo(new Verdict.Admitted());
        assertRefused(admission.attempt(ONE), Verdict.Reason.RATE);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(249);
        assertRefused(admission.attempt(ONE), Verdict.Reason.RATE);
        nowNanos += TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(admission.attempt(ONE)).isEqualTo(new Verdict.Admitted());
        assertRefused(admission.attempt(ONE), Verdict.Reason.RATE);
    }

    @Test
    void aBucketHoldsNoMoreThanABurst() {
        var admission = admission(Map.of("attempts-burst", "1", "attempts-per-second", "4"));
        admission.attempt(ONE);

        nowNanos += TimeUnit.HOURS.toNanos(1);

        assertThat(admission.attempt(ONE)).isEqualTo(new Verdict.Admitted());
        assertRefused(admission.attempt(ONE), Verdict.Reason.RATE);
    }

    @Test
    void anAddressIsNotLimitedByAnother() {
        var admission = admission(Map.of("attempts-burst", "1"));
        admission.attempt(ONE);

        assertThat(admission.attempt(OTHER)).isEqualTo(new Verdict.Admitted());
    }

    @Test
    void whoHasNotTriedForLongestIsForgotten() {
        var admission = admission(Map.of("attempts-burst", "1", "max-addresses", "2"));
        admission.attempt(ONE);
        admission.attempt(OTHER);
        assertRefused(admission.attempt(ONE), Verdict.Reason.RATE);

        admission.attempt(THIRD);

        assertRefused(admission.attempt(ONE), Verdict.Reason.RATE);
        assertThat(admission.attempt(OTHER)).isEqualTo(new Verdict.Admitted());
    }

    @Test
    void aFullPodTakesTheNextWhenOneLeaves() {
        var admission = admission(Map.of("max-connections", "1"));
        assertThat(admission.open(ONE)).isEqualTo(new Verdict.Admitted());
        assertRefused(admission.open(OTHER), Verdict.Reason.POD_FULL);

        admission.close(ONE);

        assertThat(admission.open(OTHER)).isEqualTo(new Verdict.Admitted());
    }

    @Test
    void anAddressHoldsSoManyConnectionsAndAnotherAsMany() {
        var admission = admission(Map.of("max-per-address", "1"));
        admission.open(ONE);

        assertRefused(admission.open(ONE), Verdict.Reason.ADDRESS_FULL);
        assertThat(admission.open(OTHER)).isEqualTo(new Verdict.Admitted());
        admission.close(ONE);
        assertThat(admission.open(ONE)).isEqualTo(new Verdict.Admitted());
    }

    @Test
    void thisMachineIsLimitedByThePodAlone() {
        var admission = admission(Map.of("max-per-address", "1", "attempts-burst", "1", "max-connections", "2"));

        assertThat(admission.attempt(HERE)).isEqualTo(new Verdict.Admitted());
        assertThat(admission.attempt(HERE)).isEqualTo(new Verdict.Admitted());
        assertThat(admission.open(HERE)).isEqualTo(new Verdict.Admitted());
        assertThat(admission.open(HERE)).isEqualTo(new Verdict.Admitted());
        assertRefused(admission.open(HERE), Verdict.Reason.POD_FULL);
    }

    @Test
    void soManySocketsWait() {
        var admission = admission(Map.of("max-waiting", "1"));
        assertThat(admission.startWaiting(ONE)).isTrue();
        assertThat(admission.startWaiting(ONE)).isFalse();
        assertThat(admission.waiting()).isOne();

        admission.stopWaiting(ONE);

        assertThat(admission.startWaiting(ONE)).isTrue();
    }

    @Test
    void oneAddressLeavesOthersRoomToWait() {
        var admission = admission(Map.of("max-waiting", "3", "max-waiting-per-address", "1"));
        assertThat(admission.startWaiting(ONE)).isTrue();
        assertThat(admission.startWaiting(ONE)).isFalse();
        assertThat(admission.startWaiting(OTHER)).isTrue();

        admission.stopWaiting(ONE);

        assertThat(admission.startWaiting(ONE)).isTrue();
        assertThat(admission.waiting()).isEqualTo(2);
    }

    @Test
    void socketsOfAProxyAndOfThisMachineWaitUpToThePodsBoundAlone() {
        var admission = admission(Map.of("max-waiting-per-address", "1", "proxies", "203.0.113.1/32"));

        assertThat(admission.startWaiting(ONE)).isTrue();
        assertThat(admission.startWaiting(ONE)).isTrue();
        assertThat(admission.startWaiting(HERE)).isTrue();
        assertThat(admission.startWaiting(HERE)).isTrue();
    }

    private void assertRefused(Verdict verdict, Verdict.Reason reason) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        });
    }

    private Admission admission(Map<String, String> settings) {
        var properties = new HashMap<String, String>();
        settings.forEach((name, value) -> properties.put("rookery.admission." + name, value));
        return new Admission(
                new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("rookery.admission", AdmissionSettings.class),
                () -> nowNanos,
                new Random(42));
    }
}
