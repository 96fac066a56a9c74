package dev.rookery.functions.ledger.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.functions.ledger.chain.Hash;
import dev.rookery.functions.ledger.chain.Head;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final SealKeys KEYS = SealKeys.fresh();
    private static final Seal SEAL = new Seal(
            2,
            Instant.parse("2026-11-24T12:00:00.000001Z"),
            List.of(new Head(0, 7, Hash.sha256("a")), Head.before(1)),
            new Seal.Counts(5, 9, 4, 7),
            new TreeMap<>(Map.of(
                    "USD", new Seal.Sums(BigInteger.ZERO, BigInteger.TWO),
                    "EUR", new Seal.Sums(BigInteger.ZERO, new BigInteger("20000000000000000000")))),
            Hash.sha256("b"));

    /// What is signed is not to change by itself: old seals are verified by new code.
    @Test
    void itsTextIsCanonical() {
        assertThat(SEAL.text())
                .isEqualTo(
                        "{\"n\":2,\"at\":\"2026-11-24T12:00:00.000001Z\",\"heads\":[{\"stripe\":0,\"n\":7,\"hash\":\""
                                + Hash.sha256("a") + "\"},{\"stripe\":1,\"n\":0,\"hash\":\"" + Hash.ZERO + "\"}],"
                                + "\"counts\":{\"transfers\":5,\"outcomes\":9,\"accounts\":4,\"links\":7},"
                                + "\"sums\":{\"EUR\":{\"balances\":0,\"absolute\":20000000000000000000},"
                                + "\"USD\":{\"balances\":0,\"absolute\":2}},\"previous\":\"" + Hash.sha256("b")
                                + "\"}");
    }

    @Test
    void itComesBackFromItsLine() {
        var signed = KEYS.key().sign(SEAL);

        var read = SignedSeal.parse(signed.line());

        assertThat(read).isEqualTo(signed);
        assertThat(read.seal()).isEqualTo(SEAL);
    }

    @Test
    void onlyWhatTheKeySignedIsGenuine() {
        var signed = KEYS.key().sign(SEAL);

        assertThat(KEYS.publicKey().hasSigned(signed)).isTrue();
        assertThat(KEYS.publicKey().hasSigned(SealKeys.fresh().key().sign(SEAL)))
                .isFalse();
        assertThat(KEYS.publicKey()
                        .hasSigned(new SignedSeal(
                                signed.content().replace("\"transfers\":5", "\"transfers\":4"), signed.signature())))
                .isFalse();
        assertThat(KEYS.publicKey().hasSigned(new SignedSeal(signed.content(), "?")))
                .isFalse();
    }

    @Test
    void whatIsNoSealIsRefused() {
        assertThatThrownBy(() -> SignedSeal.parse("half a li"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half a li")
                .hasMessageContaining("(expected: content and signature)");
        assertThatThrownBy(() -> Seal.parse("{\"n\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{\"n\":1}");
        assertThatThrownBy(() -> Seal.parse(SEAL.text().replace("\"n\":2", "\"n\":\"2\"")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyThatIsNoneIsRefusedAndNotTold() {
        assertThatThrownBy(() -> SealKey.parse("secret"))
                .hasMessage("seal key: 6 characters (expected: an Ed25519 key as PKCS#8 in PEM)");
        assertThatThrownBy(() -> SealKey.parse(KEYS.open())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PublicSealKey.parse("open"))
                .hasMessage("public key: open (expected: an Ed25519 key in PEM)");
    }

    @Test
    void withoutASettingThereIsNoKey() {
        assertThat(new SealSettings(null, null).key()).isEmpty();
        assertThat(new SealSettings("", "").key()).isEmpty();
        assertThat(new SealSettings(KEYS.secret(), null).key()).isPresent();
    }
}
