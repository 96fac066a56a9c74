package dev.rookery.eventing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final RoomId MATCH = new RoomId("match:9");
    private static final PlayerId PLAYER = new PlayerId("p-7");
    private static final EventType MOVED = new EventType("match.moved");
    private static final Decision.Done DONE = new Decision.Done(MOVED, "data", List.of());

    @Test
    void whatIsDoneTellsNobodyElseByItself() {
        assertThat(DONE).isEqualTo(new Decision.Done(MOVED, "data", List.of(), List.of(), List.of()));
    }

    @Test
    void whatIsDoneCanTellOthersAndLetThemIn() {
        var push = new Push(MOVED, "data", Audience.of(MATCH));
        var granted = new RoomChange.Granted(MATCH, PLAYER);

        var done = DONE.withPushes(List.of(push)).withRoomChanges(List.of(granted));

        assertThat(done).isEqualTo(new Decision.Done(MOVED, "data", List.of(), List.of(push), List.of(granted)));
    }

    @Test
    void pushesGoToAThousandStreamsAtMostInAll() {
        var toAThousand = new Push(MOVED, "data", new Audience.Players(Collections.nCopies(1_000, PLAYER)));
        var toARoom = new Push(MOVED, "data", Audience.of(MATCH));

        assertThat(DONE.withPushes(List.of(toAThousand)).pushes()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DONE.withPushes(List.of(toAThousand, toARoom)))
                .withMessage("pushes: to 1001 players and rooms (expected: 1000 at most in all)");
    }

    @Test
    void aPushIsForOneToAThousandPlayers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Audience.Players(List.of()))
                .withMessage("players: 0 (expected: 1..1000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Audience.Players(Collections.nCopies(1_001, PLAYER)))
                .withMessage("players: 1001 (expected: 1..1000)");
    }

    @Test
    void aPlayerIsLetInOrOutOnceInADecision() {
        var granted = new RoomChange.Granted(MATCH, PLAYER);
        var revoked = new RoomChange.Revoked(MATCH, PLAYER);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DONE.withRoomChanges(List.of(granted, revoked)))
                .withMessage("roomChanges: p-7 in match:9 changes twice (expected: once in a decision)");
    }

    @Test
    void roomsOfAThousandPlayersChangeAtMost() {
        var changes = Collections.<RoomChange>nCopies(1_001, new RoomChange.Granted(MATCH, PLAYER));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DONE.withRoomChanges(changes))
                .withMessage("roomChanges: 1001 (expected: 1000 at most)");
    }

    @Test
    void anOpenRoomNeedsNoGrant() {
        var lobby = new RoomId("open:lobby");

        assertThat(lobby.isOpen()).isTrue();
        assertThat(MATCH.isOpen()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomChange.Granted(lobby, PLAYER));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomChange.Revoked(lobby, PLAYER));
    }

    @Test
    void aRoomsNameIsAnId() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomId("match 9"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomId(""));
    }
}
