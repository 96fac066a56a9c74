package dev.rookery.knative.local.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rookery.knative.local.dispatch.Reply;
import dev.rookery.knative.local.manifest.Scaling;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScaledServiceTest {

    /// Gone as soon as nothing is to be done.
    private static final Scaling AT_ONCE = scaling(0, 0, Duration.ofMillis(500), Duration.ZERO, Duration.ZERO);
    private static final Scaling ONE = scaling(1, 1, Duration.ofSeconds(60), Duration.ZERO, Duration.ZERO);
    private static final Scaling UP_TO_THREE = scaling(0, 3, Duration.ofSeconds(6), Duration.ZERO, Duration.ZERO);
    private static final int NO_LIMIT = 0;

    private final ScriptedService probe = new ScriptedService();

    @AfterEach
    void end() {
        probe.close();
    }

    @Test
    void aRevisionBeginsWithOneInstance() {
        assertThat(probe.deploy("one", ONE, NO_LIMIT)).isEqualTo(1);

        assertThat(probe.told()).containsExactly("probe started");
        assertThat(probe.state().ready()).isEqualTo(1);
    }

    @Test
    void whenThereIsNothingToDoThereIsNoInstance() {
        probe.deploy("one", AT_ONCE, NO_LIMIT);

        await().until(() -> probe.told().contains("probe stopped"));

        assertThat(probe.state().ready()).isZero();
        assertThat(probe.started().getFirst().hasEnded()).isTrue();
        assertThat(probe.service().instances()).isEmpty();
    }

    @Test
    void anEventThatComesWhenThereIsNoneStartsOneAndWaitsForIt() {
        atZero();
        probe.holdStarts();

        var reply = probe.post();
        await().until(() -> probe.state().starting() == 1);
        assertThat(reply).isNotDone();
        probe.letStart(1);
        await().until(() -> probe.started().size() == 2);
        probe.started().getLast().letGo();

        assertThat(reply.join()).isEqualTo(new Reply.Taken());
        assertThat(probe.state().coldStarts()).isEqualTo(1);
    }

    @Test
    void eventsThatWaitTogetherForTheFirstStartOne() {
        atZero();
        probe.holdStarts();

        probe.post(5);
        await().until(() -> probe.state().waiting() == 5);

        assertThat(probe.state().starting()).isEqualTo(1);
        probe.letStart(1);
    }

    @Test
    void whatWaitsTooLongIsToldSo() {
        atZero();
        probe.holdStarts();

        assertThat(probe.post(Duration.ofMillis(100)).join())
                .isEqualTo(new Reply.Later(0, "no instance is ready within PT0.1S"));
    }

    @Test
    void oneThatDoesNotStartIsStartedAgain() {
        atZero();
        probe.failToStart(true);
        var reply = probe.post();
        await().until(() -> probe.state().waiting() == 1 && probe.state().starting() == 0);

        probe.failToStart(false);
        await().until(() -> probe.started().size() == 2);
        probe.started().getLast().letGo();

        assertThat(reply.join()).isEqualTo(new Reply.Taken());
    }

    @Test
    void neverMoreAreAtAnInstanceThanItTakes() {
        probe.deploy("one", ONE, 3);
        var only = probe.started().getFirst();

        var replies = probe.post(10);
        await().until(() -> only.now() == 3 && probe.state().waiting() == 7);
        only.letGo();

        assertThat(all(replies)).hasSize(10).containsOnly(new Reply.Taken());
        assertThat(only.most()).isEqualTo(3);
    }

    @Test
    void whatFindsNoPlaceInTimeIsToldSo() {
        probe.deploy("one", ONE, 1);
        probe.post();
        await().until(() -> probe.started().getFirst().now() == 1);

        assertThat(probe.post(Duration.ofMillis(100)).join()).isEqualTo(new Reply.Later(0, "no place within PT0.1S"));
    }

    @Test
    void aBurstStartsAsManyAsThereMayBeAndSharesItsEvents() {
        probe.deploy("one", UP_TO_THREE, 10);

        var replies = probe.post(30);
        await().until(() ->
                probe.started().size() == 3 && probe.started().stream().allMatch(instance -> instance.now() == 10));
        assertThat(probe.state().panicking()).isTrue();
        probe.started().forEach(ScriptedInstance::letGo);

        assertThat(all(replies)).containsOnly(new Reply.Taken());
        assertThat(probe.started()).hasSize(3);
    }

    @Test
    void anInstanceThatIsTakenAwayEndsWhatItHas() {
        probe.deploy("one", ONE, 1);
        var first = probe.started().getFirst();
        var held = probe.post();
        await().until(() -> first.now() == 1);

        var deployed = CompletableFuture.runAsync(() -> probe.deploy("two", ONE, 1));
        await().until(() -> probe.state().revision() == 2);
        assertThat(first.hasEnded()).isFalse();
        first.letGo();
        deployed.join();

        assertThat(held.join()).isEqualTo(new Reply.Taken());
        assertThat(first.unansweredAtItsEnd()).isZero();
    }

    @Test
    void whileTheOldRevisionEndsWhatItHasItsInstanceIsOneOfAll() {
        probe.deploy("one", ONE, 1);
        var first = probe.started().getFirst();
        probe.post();
        await().until(() -> first.now() == 1);

        var deployed = CompletableFuture.runAsync(() -> probe.deploy("two", ONE, 1));
        await().until(() -> probe.state().revision() == 2);

        assertThat(probe.service().instances())
                .extracting(instance -> instance.server().name())
                .containsExactly("probe-2", "probe");
        first.letGo();
        deployed.join();
    }

    @Test
    void whoeverIsEndedMeanwhileEndsTheOldRevisionToo() throws InterruptedException {
        probe.deploy("one", ONE, 1);
        var first = probe.started().getFirst();
        probe.post();
        await().until(() -> first.now() == 1);
        var deployed = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> probe.deploy("two", ONE, 1))
                        .hasRootCauseInstanceOf(InterruptedException.class));
        await().until(() -> probe.state().revision() == 2);

        var ended = Thread.ofVirtual().start(probe.service()::close);
        deployed.join();
        first.letGo();
        ended.join();

        assertThat(first.hasEnded()).isTrue();
    }

    @Test
    void afterANewRevisionWhatComesGoesToIt() {
        probe.deploy("one", ONE, NO_LIMIT);
        probe.deploy("two", ONE, NO_LIMIT);
        probe.started().forEach(ScriptedInstance::letGo);

        assertThat(all(probe.post(20))).containsOnly(new Reply.Taken());
        assertThat(probe.started().getFirst().handled()).isZero();
        assertThat(probe.started().getLast().handled()).isEqualTo(20);
    }

    @Test
    void aRevisionThatDoesNotStartChangesNothing() {
        probe.deploy("one", ONE, NO_LIMIT);
        probe.started().getFirst().letGo();
        probe.failToStart(true);

        assertThatThrownBy(() -> probe.deploy("two", ONE, NO_LIMIT)).hasMessage("probe-2 cannot be started");

        assertThat(probe.post().join()).isEqualTo(new Reply.Taken());
        assertThat(probe.state().revision()).isEqualTo(1);
        probe.failToStart(false);
        probe.deploy("three", ONE, NO_LIMIT);
        // The name of the one that did not start is free again.
        assertThat(probe.told()).contains("probe-2 started");
    }

    @Test
    void whileARolloutTakesBothRevisionsGetEvents() {
        probe.deploy("one", ONE, NO_LIMIT);
        var slowly = scaling(1, 1, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(3));
        var deployed = CompletableFuture.runAsync(() -> probe.deploy("two", slowly, NO_LIMIT));
        await().until(() -> probe.state().revision() == 2);
        probe.started().forEach(ScriptedInstance::letGo);

        await().until(() -> {
            probe.post().join();
            return probe.started().stream().allMatch(instance -> instance.handled() > 0);
        });
        deployed.join();

        assertThat(probe.started()).extracting(ScriptedInstance::hasEnded).containsExactly(true, false);
    }

    @Test
    void whatWaitsAtTheOldRevisionIsServedBeforeThatEnds() {
        atZero();
        probe.holdStarts();
        var waiting = probe.post();
        await().until(() -> probe.state().starting() == 1);

        probe.letStart(2);
        var deployed = CompletableFuture.runAsync(() -> probe.deploy("two", ONE, NO_LIMIT));
        await().until(() -> probe.started().size() == 3);
        probe.started().forEach(ScriptedInstance::letGo);
        deployed.join();

        assertThat(waiting.join()).isEqualTo(new Reply.Taken());
    }

    @Test
    void oneThatEndsByItselfGetsNothingUntilItIsThereAgain() {
        probe.deploy("one", ONE, NO_LIMIT);
        var only = probe.started().getFirst();
        only.holdRestarts();
        only.crash();
        await().until(() -> probe.told().contains("probe ended"));

        var reply = probe.post();
        await().until(() -> probe.state().waiting() == 1);
        assertThat(only.now()).isZero();
        only.letGo();
        only.letRestart();

        assertThat(reply.join()).isEqualTo(new Reply.Taken());
        assertThat(probe.told()).containsSubsequence("probe ended", "probe restarted");
    }

    @Test
    void oneThatIsThereAgainIsNoColdStart() {
        probe.deploy("one", UP_TO_THREE, 10);
        var first = probe.started().getFirst();
        first.holdRestarts();
        first.crash();
        await().until(() -> probe.told().contains("probe ended"));
        probe.post();
        await().until(() -> probe.state().waiting() == 1);
        first.letRestart();
        await().until(() -> first.now() == 1);

        probe.post(29);
        await().until(() -> probe.started().size() == 3);

        assertThat(probe.state().coldStarts()).isZero();
    }

    /// While whoever is told of it takes the time of two looks at the load.
    @Test
    void anInstanceThatHasJustStartedIsCountedOnce() {
        atZero();
        probe.holdTelling();

        probe.post();
        await().until(() -> probe.state().ready() == 1);

        await().during(Autoscaler.TICK.multipliedBy(2))
                .until(() -> probe.state().ready() == 1);
        probe.letTell();
    }

    @Test
    void namesAreGivenAgain() {
        probe.deploy("one", ONE, NO_LIMIT);
        probe.deploy("two", ONE, NO_LIMIT);
        probe.deploy("three", ONE, NO_LIMIT);

        assertThat(probe.told())
                .containsSubsequence("probe started", "probe-2 started", "probe stopped")
                .endsWith("probe-2 stopped");
    }

    @Test
    void whatHasBeenEndedTakesNothing() {
        probe.deploy("one", ONE, NO_LIMIT);

        probe.service().close();

        assertThat(probe.post().join()).isEqualTo(new Reply.Later(0, "probe has been ended"));
    }

    private void atZero() {
        probe.deploy("one", AT_ONCE, NO_LIMIT);
        await().until(() -> probe.told().contains("probe stopped"));
    }

    private static List<Reply> all(List<CompletableFuture<Reply>> replies) {
        return replies.stream().map(CompletableFuture::join).toList();
    }

    private static Scaling scaling(int min, int max, Duration window, Duration retention, Duration rollout) {
        return new Scaling(min, max, 7, window, window.dividedBy(10), 2, retention, Duration.ZERO, 1, rollout);
    }
}
