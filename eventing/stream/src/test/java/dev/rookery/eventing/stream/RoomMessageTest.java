package dev.rookery.eventing.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.eventing.contract.Position;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomMessageTest {

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void whatIsWrittenIsReadAsItWas(RoomMessage message) {
        assertThat(RoomMessage.parse(message.text())).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "E\te\t1\t\t", "Z\tp-7\n", "V\tp-7\tmore\n", "M\t1\t1\tm\n", "M\tone\t1\tm\tp-7\n"})
    void whatIsNoMessageIsRefused(String text) {
        assertThatThrownBy(() -> RoomMessage.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\nb"})
    void whatWouldBreakTheLineIsRefused(String name) {
        assertThatThrownBy(() -> new RoomMessage.Cast(name, "{}", null)).hasMessageContaining("no tab and no line end");
        assertThatThrownBy(() -> new RoomMessage.Changed(1, true, name, new PlayerId("p-7")))
                .hasMessageContaining("no tab and no line end");
    }

    static RoomMessage[] oneOfEachKind() {
        return new RoomMessage[] {
            new RoomMessage.Event(new Position("e1", 7), "{\"a\":\n1}", "00-trace"),
            new RoomMessage.Event(new Position("e1", 7), "{}", null),
            new RoomMessage.Revoked(new PlayerId("p-7")),
            new RoomMessage.Cast("g-1", "{\"op\":\"cast\",\"data\":\"\t\n\"}", "00-trace"),
            new RoomMessage.Cast("g-1", "{}", null),
            new RoomMessage.Changed(3, true, "g-1/s-1", new PlayerId("p-7")),
            new RoomMessage.Changed(4, false, "g-1/s-1", new PlayerId("p-7"))
        };
    }
}
