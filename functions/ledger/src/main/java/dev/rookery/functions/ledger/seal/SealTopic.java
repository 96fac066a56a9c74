package dev.rookery.functions.ledger.seal;

import dev.rookery.eventing.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Puts seals on a topic, all with one key, so that their order is kept.
public final class SealTopic implements Consumer<SignedSeal> {

    private static final String KEY = "seal";
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final Producer<String, byte[]> producer;

    /// @param producer idempotent, with acks=all
    public SealTopic(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /// Waits until all replicas have it.
    ///
    /// @throws IllegalStateException when that is not known
    @Override
    public void accept(SignedSeal seal) {
        var value = seal.line().getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(Topics.LEDGER_SEALS, KEY, value))
                    .get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("seal: not known to be in " + Topics.LEDGER_SEALS, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a seal is published", e);
        }
    }
}
