package dev.rookery.knative.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.knative.load.platform.Page.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final List<String> README = """
            ## Before
            ```
            rm everything
            ```
            ## Write one
            Do `this`:
            ```
            ./rookery up        # and wait
            > send {"op":"ping"}
            ← {"op":"pong",…,"at":1}
            ```
            Then that:
            ```
            # is no heading
            ```
            ## After
            ```
            rm everything
            ```""".lines().toList();

    @Test
    void itsCodeIsWhatTheReaderDoes() {
        var steps = Page.parse(README, "Write one").steps();

        assertThat(steps).hasSize(4);
        assertThat(steps.getFirst()).isEqualTo(new Step.Run("./rookery up"));
        assertThat(steps.get(1)).isEqualTo(new Step.Type("send {\"op\":\"ping\"}"));
    }

    @Test
    void whereThePageLeavesSomethingOutAnythingMayStand() {
        var expected = ((Step.Expect) Page.parse(README, "Write one").steps().get(2)).line();

        assertThat("← {\"op\":\"pong\",\"seq\":7,\"at\":1}").matches(expected);
        assertThat("← {\"op\":\"pong\",\"seq\":7,\"at\":2}").doesNotMatch(expected);
    }

    @Test
    void aPageThatIsNotThereIsToldByName() {
        assertThatThrownBy(() -> Page.parse(README, "Nowhere")).hasMessageStartingWith("heading: Nowhere has no code");
    }
}
