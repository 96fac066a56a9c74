package dev.rookery.knative.local.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the table and knative.md say of deliveries, shown of a dispatcher from outside: by its topics and by what it
/// posts. So the same cases can be run against a real Knative data plane, see [DispatcherUnderTest].
class DeliverySemanticsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final DispatcherUnderTest dispatcher = new DispatcherUnderTest();

    private final String run = UUID.randomUUID().toString();
    private final Map<String, Integer> posts = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> moments = new ConcurrentHashMap<>();

    @BeforeEach
    void takeWhatWasNotAsked() {
        dispatcher.function().answers(_ -> 204);
    }

    /// All cases at once: they wait for each other's retries in vain, since none holds up another.
    @Test
    void everyCaseOfTheTableEndsAsItSays() throws Exception {
        var cases = DeliveryCase.all();
        var byId = IntStream.range(0, cases.size()).boxed().collect(Collectors.toMap(n -> run + "-" + n, cases::get));
        dispatcher.function().answers(posted -> {
            var each = byId.get(posted.id());
            return each == null ? 204 : each.answer(posts.merge(posted.id(), 1, Integer::sum) - 1);
        });

        for (var id : byId.keySet()) {
            dispatcher.topic().event(id, Map.of());
        }

        await().atMost(PATIENCE)
                .until(() -> byId.entrySet().stream()
                        .allMatch(entry -> posts.getOrDefault(entry.getKey(), 0)
                                >= entry.getValue().posts()));
        var letters = byId.values().stream().filter(each -> each.letter() != 0).count();
        var told = dispatcher.deadLetters().of(byId.keySet(), (int) letters);
        assertThat(byId.entrySet().stream()
                        .map(entry -> ended(
                                entry.getValue().name(),
                                posts.getOrDefault(entry.getKey(), 0),
                                told.getOrDefault(entry.getKey(), "0")))
                        .sorted()
                        .toList())
                .isEqualTo(cases.stream()
                        .map(each -> ended(each.name(), each.posts(), Integer.toString(each.letter())))
                        .sorted()
                        .toList());
    }

    @Test
    void everyRetryWaitsTwiceAsLongAsTheOneBefore() throws Exception {
        dispatcher.function().answers(posted -> {
            moments.computeIfAbsent(posted.id(), _ -> new CopyOnWriteArrayList<>())
                    .add(System.nanoTime());
            return posted.id().equals(run) ? 503 : 204;
        });

        dispatcher.topic().event(run, Map.of());

        await().atMost(PATIENCE)
                .until(() -> moments.getOrDefault(run, List.of()).size() == DeliveryCase.RETRIES + 1);
        var seen = moments.getOrDefault(run, List.of());
        long first = seen.get(1) - seen.get(0);
        long second = seen.get(2) - seen.get(1);
        assertThat(first).isGreaterThanOrEqualTo(DispatcherUnderTest.BACKOFF.toNanos());
        assertThat(second).isGreaterThanOrEqualTo(2 * DispatcherUnderTest.BACKOFF.toNanos());
    }

    @Test
    void anEventThatWaitsHoldsUpNoneBehindIt() throws Exception {
        var release = new CountDownLatch(1);
        var seen = ConcurrentHashMap.<String>newKeySet();
        dispatcher.function().answers(posted -> {
            seen.add(posted.id());
            return posted.id().equals(run + "-first") ? waiting(release) : 204;
        });

        dispatcher.topic().event(run + "-first", Map.of());
        dispatcher.topic().event(run + "-second", Map.of());

        await().atMost(PATIENCE).until(() -> seen.containsAll(Set.of(run + "-first", run + "-second")));
        release.countDown();
    }

    @Test
    void aDeadLetterIsTheEventAsItWas() throws Exception {
        dispatcher.function().answers(posted -> posted.id().equals(run) ? 400 : 204);

        dispatcher.topic().event(run, Map.of("ce_partitionkey", "k", "ce_subject", "p-1"));

        assertThat(dispatcher.deadLetters().letter(run))
                .containsEntry("", "{\"id\":\"" + run + "\"}")
                .containsEntry("ce_type", "probe.act")
                .containsEntry("ce_partitionkey", "k")
                .containsEntry("ce_subject", "p-1")
                .containsEntry("ce_knativeerrorcode", "400")
                .containsKey("ce_knativeerrordest");
    }

    private static String ended(String name, int posts, String letter) {
        return name + ": " + posts + " posts, dead letter " + letter;
    }

    private static int waiting(CountDownLatch release) {
        try {
            release.await();
            return 204;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 503;
        }
    }
}
