package dev.rookery.knative.load.drill.crowd;

import dev.rookery.eventing.contract.Topics;
import dev.rookery.knative.load.drill.fault.Lull;
import dev.rookery.knative.load.platform.OwnPlatform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/// Pays players in without them: a producer that is not the gateway, puts each command on the topic once, and
/// never asks what became of it. So nobody repairs by asking again what the platform has lost. Two of its
/// records are no commands at all.
///
/// Runs on a thread of its own until it is told to rest.
public final class Cashier implements AutoCloseable {

    /// Of the one command whose data is none.
    static final String POISON = "poison-1";

    private static final String COMMANDS = Topics.commands("wallet");
    private static final String NO_COMMAND = "no command, put there by the drill";
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final int POISON_AT = 10;
    private static final int MOST_AT_ONCE = 4;
    private static final Duration CONFIRM = Duration.ofSeconds(8);

    private final OwnPlatform platform;
    private final List<String> players;
    private final SplittableRandom random;
    private final List<Paid> confirmed = new ArrayList<>();
    private final Lull lull;
    private final Thread thread;
    private volatile boolean isResting;
    private int round;
    private int count;
    private int poisoned;

    /// @param lull in which nobody is paid
    public Cashier(OwnPlatform platform, List<String> players, long seed, Lull lull) {
        this.lull = lull;
        this.platform = platform;
        this.players = List.copyOf(players);
        this.random = new SplittableRandom(seed);
        this.thread = Thread.ofPlatform().name("cashier").daemon().start(this::run);
    }

    /// A command that Kafka has called durable.
    public record Paid(String player, String id) {}

    /// Waits until the last one is confirmed or not.
    public void rest() throws InterruptedException {
        isResting = true;
        thread.join();
    }

    public synchronized List<Paid> confirmed() {
        return List.copyOf(confirmed);
    }

    /// Records that have to become dead letters.
    public synchronized int poisoned() {
        return poisoned;
    }

    @Override
    public void close() {
        isResting = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!isResting) {
                // Addresses change when everything is started again.
                var running = platform.find();
                if (running.isPresent()) {
                    pay(running.get().kafka());
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pay(String bootstrap) throws InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap,
                "acks",
                "all",
                "max.block.ms",
                CONFIRM.toMillis(),
                "request.timeout.ms",
                3_000,
                "delivery.timeout.ms",
                (int) CONFIRM.toMillis());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            while (!isResting) {
                if (!lull.isOn()) {
                    payOnce(producer);
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            // Not confirmed: it may be there or not. The next one tries anew.
        }
    }

    private void payOnce(KafkaProducer<String, String> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        round++;
        if (round == POISON_AT) {
            send(producer, List.of(new ProducerRecord<>(COMMANDS, NO_COMMAND)));
            noteLetter();
        } else if (round == POISON_AT + 1) {
            var player = players.getFirst();
            send(producer, List.of(deposit(player, POISON, "{\"amount\":\"a lot\"}")));
            noteLetter();
            note(new Paid(player, POISON));
        } else {
            payMore(producer);
        }
    }

    /// Some for one player at the same moment: nobody but the function keeps them apart.
    private void payMore(KafkaProducer<String, String> producer)
            throws InterruptedException, ExecutionException, TimeoutException {
        var player = players.get(random.nextInt(players.size()));
        var paid = new ArrayList<Paid>();
        var records = new ArrayList<ProducerRecord<String, String>>();
        for (int some = 1 + random.nextInt(MOST_AT_ONCE); some > 0; some--) {
            count++;
            var id = "cash-" + count;
            paid.add(new Paid(player, id));
            records.add(deposit(player, id, "{\"amount\":" + (1 + random.nextInt(20)) + ",\"currency\":\"EUR\"}"));
        }
        send(producer, records);
        paid.forEach(this::note);
    }

    private static ProducerRecord<String, String> deposit(String player, String id, String data) {
        var record = new ProducerRecord<>(COMMANDS, player, data);
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", id,
                        "ce_source", "/players/" + player,
                        "ce_type", "wallet.deposit",
                        "content-type", "application/json")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /// Returns when all are confirmed.
    private static void send(KafkaProducer<String, String> producer, List<ProducerRecord<String, String>> records)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (var sent : records.stream().map(producer::send).toList()) {
            sent.get(CONFIRM.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void note(Paid paid) {
        confirmed.add(paid);
    }

    private synchronized void noteLetter() {
        poisoned++;
    }
}
