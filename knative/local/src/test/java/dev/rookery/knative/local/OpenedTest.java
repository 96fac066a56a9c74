package dev.rookery.knative.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenedTest {

    private static final int BOUND_SECONDS = 60;

    private final Opened opened = new Opened();
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

    @Test
    void stagesAreClosedOneAfterTheOtherWhateverWasOpenedFirst() {
        opened.add(Opened.Stage.DATA, () -> closed.add("data"));
        opened.add(Opened.Stage.GATEWAY, () -> closed.add("gateway"));
        opened.add(Opened.Stage.SERVERS, () -> closed.add("server"));

        opened.close();

        assertThat(closed).containsExactly("gateway", "server", "data");
    }

    @Test
    void whatIsOfOneStageIsClosedSideBySide() {
        var meeting = new CyclicBarrier(2);
        for (var name : List.of("gateway-1", "gateway-2")) {
            opened.add(Opened.Stage.GATEWAY, () -> {
                meeting.await(BOUND_SECONDS, TimeUnit.SECONDS);
                closed.add(name);
            });
        }

        opened.close();

        assertThat(closed).containsExactlyInAnyOrder("gateway-1", "gateway-2");
    }

    @Test
    void whatCannotBeClosedKeepsNoOtherFromIt() {
        opened.add(Opened.Stage.GATEWAY, () -> {
            throw new IllegalStateException("cannot be closed, as the test wants it");
        });
        opened.add(Opened.Stage.SERVERS, () -> closed.add("server"));

        opened.close();

        assertThat(closed).containsExactly("server");
    }
}
