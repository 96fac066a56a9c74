package dev.rookery.eventing.delivery.emission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/// Records that are written, or not known to be.
final class Confirmed {

    private Confirmed() {}

    /// Waits until Kafka has all of them.
    ///
    /// @param bound for all that are written together
    /// @throws EmissionFailedException when one is not known to be written
    static void write(
            Producer<String, byte[]> producer, Collection<ProducerRecord<String, byte[]>> records, Duration bound) {
        long end = System.nanoTime() + bound.toNanos();
        var sent = new ArrayList<Future<RecordMetadata>>();
        try {
            records.forEach(record -> sent.add(producer.send(record)));
            for (var each : sent) {
                each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new EmissionFailedException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmissionFailedException(e);
        }
    }
}
