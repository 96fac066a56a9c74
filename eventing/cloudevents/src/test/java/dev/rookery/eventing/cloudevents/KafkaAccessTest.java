package dev.rookery.eventing.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaAccessTest {

    @Test
    void nobodySignsInWhereNobodyHasTo() {
        assertThat(new KafkaAccess("kafka:9092", SecurityProtocol.PLAINTEXT, "", "").settings())
                .isEqualTo(Map.of("bootstrap.servers", "kafka:9092", "security.protocol", "PLAINTEXT"));
    }

    @Test
    void aUserSignsInByScram() {
        assertThat(new KafkaAccess("kafka:9096", SecurityProtocol.SASL_SSL, "wallet", "a \"b\" \\c").settings())
                .isEqualTo(Map.of(
                        "bootstrap.servers",
                        "kafka:9096",
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "SCRAM-SHA-512",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"wallet\" password=\"a \\\"b\\\" \\\\c\";"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    SASL_SSL  | -      | -      | rookery.kafka.user: is empty (expected: who signs in, because rookery.kafka.security is SASL_SSL)
                    SASL_SSL  | wallet | -      | rookery.kafka.password: is empty (expected: that of wallet)
                    SSL       | wallet | secret | rookery.kafka.user: wallet (expected: neither, because rookery.kafka.security is SSL, by which nobody signs in)
                    PLAINTEXT | -      | secret | rookery.kafka.user: is empty, with a password (expected: neither, because rookery.kafka.security is PLAINTEXT, by which nobody signs in)
                    PLAINTEXT | wallet | secret | rookery.kafka.user: wallet (expected: neither, because rookery.kafka.security is PLAINTEXT, by which nobody signs in)
                    """)
    void aUserAndTheWayToSignInGoTogether(
            SecurityProtocol security, @Nullable String user, @Nullable String password, String complaint) {
        assertThatThrownBy(() -> new KafkaAccess("kafka:9096", security, user, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(new KafkaAccess("kafka:9096", SecurityProtocol.SASL_SSL, "wallet", "secret"))
                .hasToString("SASL_SSL://wallet@kafka:9096");
    }
}
