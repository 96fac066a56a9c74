package dev.rookery.eventing.cloudevents;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.jspecify.annotations.Nullable;

/// How Kafka is reached: where, how it is spoken to, and as whom. These are the settings `rookery.kafka.…` of gateways
/// and functions.
///
/// Whoever signs in does so by SCRAM-SHA-512, of which a password never leaves its process: it is what brokers of
/// one's own, managed ones and Knative have in common. What each may do is in `terraform/kubernetes/rights.sh`.
///
/// @param bootstrap servers, `host:port` with commas between
/// @param security  SSL and SASL_SSL are TLS with certificates that the JDK trusts
/// @param user      who signs in; null or blank for nobody
/// @param password  of the user
public record KafkaAccess(
        String bootstrap,
        SecurityProtocol security,
        @Nullable String user,
        @Nullable String password) {

    private static final String MECHANISM = "SCRAM-SHA-512";

    public KafkaAccess {
        user = blankToNull(user);
        password = blankToNull(password);
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("rookery.kafka.bootstrap: is empty (expected: host:port)");
        }
        if (!signsIn(security) && (user != null || password != null)) {
            throw new IllegalArgumentException(
                    "rookery.kafka.user: " + (user == null ? "is empty, with a password" : user)
                            + " (expected: neither, because rookery.kafka.security is " + security
                            + ", by which nobody signs in)");
        }
        if (signsIn(security) && user == null) {
            throw new IllegalArgumentException("rookery.kafka.user: is empty (expected: who signs in, because"
                    + " rookery.kafka.security is " + security + ")");
        }
        if (signsIn(security) && password == null) {
            throw new IllegalArgumentException("rookery.kafka.password: is empty (expected: that of " + user + ")");
        }
    }

    /// What any client of Kafka is told to get there.
    public Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, security.name);
        if (user != null && password != null) {
            settings.put(SaslConfigs.SASL_MECHANISM, MECHANISM);
            settings.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    ScramLoginModule.class.getName() + " required username=" + quoted(user) + " password="
                            + quoted(password) + ";");
        }
        return settings;
    }

    /// Signs in once, where one has to: a producer that is refused when it starts is so for good, and brokers of a
    /// cloud learn of a new password after minutes. Blocks for the time at most; brokers that do not answer are no
    /// refusal.
    ///
    /// @throws IllegalStateException when the user is not let in
    public void signIn(Duration atMost) {
        if (user == null) {
            return;
        }
        try (var admin = Admin.create(settings())) {
            admin.describeCluster().nodes().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException refusal) {
                throw new IllegalStateException(
                        "rookery.kafka.user: " + user + " is not let in by " + bootstrap, refusal);
            }
        } catch (TimeoutException _) {
            // Whoever uses Kafka next says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Without the password: what is printed is kept.
    @Override
    public String toString() {
        return security + "://" + (user == null ? "" : user + "@") + bootstrap;
    }

    private static boolean signsIn(SecurityProtocol security) {
        return security == SecurityProtocol.SASL_PLAINTEXT || security == SecurityProtocol.SASL_SSL;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /// As a file of JAAS wants it.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
