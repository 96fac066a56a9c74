package dev.rookery.knative.local.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayFiguresTest {

    @Test
    void theOnesOfThePageAreReadAndAllOthersArePassedOver() {
        var figures = GatewayFigures.read("""
                # HELP rookery_gateway_active_connections
                # TYPE rookery_gateway_active_connections gauge
                rookery_gateway_active_connections{state="draining"} 2.0
                rookery_gateway_active_connections{state="open"} 12.0
                rookery_gateway_active_connections{state="waiting"} 5.0
                rookery_gateway_connection_attempts_total{error_type="none",outcome="opened"} 1.2E3
                rookery_gateway_connection_attempts_total{error_type="origin",outcome="forbidden"} 1.0
                rookery_gateway_connection_attempts_total{error_type="token",outcome="forbidden"} 2.0
                rookery_message_accepted_total{cloudevents_event_type="cast"} 7.0
                rookery_message_duration_seconds_count{cloudevents_event_type="rounds.bet",outcome="answered"} 3
                rookery_message_duration_seconds_count{cloudevents_event_type="wallet.balance",outcome="answered"} 1
                rookery_message_duration_seconds_sum{cloudevents_event_type="rounds.bet",outcome="answered"} 0.5
                rookery_message_duration_seconds_sum{cloudevents_event_type="wallet.balance",outcome="answered"} 0.25
                jvm_threads_live_threads 31.0 1760000000000
                """);

        assertThat(figures)
                .isEqualTo(new GatewayFigures(
                        12,
                        2,
                        Map.of("opened", 1_200L, "forbidden", 3L),
                        Map.of("cast", 7L),
                        new GatewayFigures.Times(4, 0.75)));
    }

    @Test
    void aLabelMayHoldWhatElsewhereEndsIt() {
        var figures = GatewayFigures.read("""
                rookery_message_accepted_total{reason="a \\"b\\", c}",cloudevents_event_type="x.y"} 4
                """);

        assertThat(figures.messages()).containsExactly(Map.entry("x.y", 4L));
    }

    @Test
    void aGatewayThatHasServedNobodyTellsNothing() {
        assertThat(GatewayFigures.read(""))
                .isEqualTo(new GatewayFigures(0, 0, Map.of(), Map.of(), new GatewayFigures.Times(0, 0)));
    }
}
