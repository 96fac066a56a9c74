package dev.rookery.gateway.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.stream.RoomMessage;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final MemberId OURS = new MemberId("g-1", "s-1");
    private static final MemberId THEIRS = new MemberId("g-2", "s-2");
    private static final PlayerId ONE = new PlayerId("p-1");
    private static final PlayerId TWO = new PlayerId("p-2");

    private final Roster roster = new Roster("g-1");
    private final Presence presence = new Presence();

    @Test
    void whatIsReadIsWhoIsThere() {
        roster.read(7, Map.of(OURS, ONE, THEIRS, TWO), presence);

        assertThat(roster.players()).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(roster.version()).isEqualTo(7);
        assertThat(presence.take()).isEqualTo(new Presence.Change(Set.of(ONE, TWO), Set.of()));
    }

    @Test
    void theNextChangeIsApplied() {
        roster.read(7, Map.of(), presence);

        assertThat(roster.hear(joined(8, THEIRS, TWO), presence)).isEqualTo(Roster.Heard.APPLIED);
        assertThat(roster.players()).containsExactly(TWO);

        assertThat(roster.hear(left(9, THEIRS, TWO), presence)).isEqualTo(Roster.Heard.APPLIED);
        assertThat(roster.players()).isEmpty();
    }

    @Test
    void aChangeThatWasReadAlreadyChangesNothing() {
        roster.read(7, Map.of(OURS, ONE), presence);

        assertThat(roster.hear(left(7, OURS, ONE), presence)).isEqualTo(Roster.Heard.KNOWN);
        assertThat(roster.players()).containsExactly(ONE);
    }

    @Test
    void aChangeAfterAMissedOneIsNotTrusted() {
        roster.read(7, Map.of(), presence);

        assertThat(roster.hear(joined(9, OURS, ONE), presence)).isEqualTo(Roster.Heard.GAP);
        assertThat(roster.players()).isEmpty();
    }

    @Test
    void whatWasReadBeforeALaterChangeWasHeardDoesNotUndoIt() {
        roster.read(7, Map.of(), presence);
        roster.hear(joined(8, OURS, ONE), presence);

        roster.read(7, Map.of(), presence);

        assertThat(roster.players()).containsExactly(ONE);
    }

    @Test
    void aRedisThatLostChangesIsBelievedWhenItIsDistrusted() {
        roster.read(7, Map.of(OURS, ONE, THEIRS, TWO), presence);
        roster.distrust();

        roster.read(6, Map.of(OURS, ONE), presence);

        assertThat(roster.players()).containsExactly(ONE);
        assertThat(roster.version()).isEqualTo(6);
    }

    @Test
    void aPlayerIsThereOnceHoweverManySessions() {
        roster.read(7, Map.of(OURS, ONE, THEIRS, ONE), presence);
        presence.take();

        roster.hear(left(8, OURS, ONE), presence);
        assertThat(presence.isEmpty()).isTrue();

        roster.hear(left(9, THEIRS, ONE), presence);
        assertThat(presence.take()).isEqualTo(new Presence.Change(Set.of(), Set.of(ONE)));
    }

    @Test
    void aRoomReachesElsewhereWhileAnotherGatewayHasMembers() {
        roster.read(7, Map.of(OURS, ONE), presence);
        assertThat(roster.reachesElsewhere()).isFalse();

        roster.hear(joined(8, THEIRS, TWO), presence);
        assertThat(roster.reachesElsewhere()).isTrue();

        roster.hear(left(9, THEIRS, TWO), presence);
        assertThat(roster.reachesElsewhere()).isFalse();
    }

    @Test
    void theMembersOfAGatewayAreKnown() {
        roster.read(7, Map.of(OURS, ONE, THEIRS, TWO), presence);

        assertThat(roster.gateways()).containsExactlyInAnyOrder("g-1", "g-2");
        assertThat(roster.of(Set.of("g-2"))).containsExactly(THEIRS);
    }

    private static RoomMessage.Changed joined(long version, MemberId member, PlayerId player) {
        return new RoomMessage.Changed(version, true, member.toString(), player);
    }

    private static RoomMessage.Changed left(long version, MemberId member, PlayerId player) {
        return new RoomMessage.Changed(version, false, member.toString(), player);
    }
}
