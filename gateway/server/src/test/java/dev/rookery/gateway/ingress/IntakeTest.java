package dev.rookery.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.eventing.contract.Catalog;
import dev.rookery.eventing.contract.EventType;
import dev.rookery.eventing.contract.Lane;
import dev.rookery.eventing.contract.PlayerId;
import dev.rookery.gateway.ingress.Intake.Checked;
import dev.rookery.gateway.protocol.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class IntakeTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final PlayerId PLAYER = new PlayerId("p-7");
    private static final String OBJECT = "{\"type\":\"object\"}";
    private static final String STEP =
            "{\"type\":\"object\",\"properties\":{\"step\":{\"type\":\"integer\",\"minimum\":1}},\"required\":[\"step\"]}";

    private final Intake intake = new Intake(Catalog.of(List.of(
            entry("probe.act", Lane.COMMAND, new Catalog.KeyRule.Player(), STEP, 64),
            entry("probe.move", Lane.COMMAND, new Catalog.KeyRule.Pointer("/at/table"), OBJECT, 1_024),
            entry("probe.look", Lane.QUERY, new Catalog.KeyRule.Player(), OBJECT, 64))));

    @Test
    void whatFitsGoesToItsOwnersTopicUnderThePlayersKey() {
        assertThat(check("probe.act", Lane.COMMAND, "{\"step\": 1}"))
                .isEqualTo(new Checked.Fitting("rookery.probe.commands", "p-7", "{\"step\":1}"));
        assertThat(check("probe.look", Lane.QUERY, "{}"))
                .isEqualTo(new Checked.Fitting("rookery.probe.queries", "p-7", "{}"));
    }

    @Test
    void aKeyInTheDataIsFoundByItsPointer() {
        assertThat(check("probe.move", Lane.COMMAND, "{\"at\":{\"table\":\"t-1\"}}"))
                .isEqualTo(new Checked.Fitting("rookery.probe.commands", "t-1", "{\"at\":{\"table\":\"t-1\"}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"at\":{\"table\":7}}",
                "{\"at\":{\"table\":\"\"}}",
                "{\"at\":{\"table\":\"tür\"}}",
                "{\"at\":{\"table\":\"a\\nb\"}}"
            })
    void aKeyThatIsNoneIsInvalidData(String data) {
        assertThat(check("probe.move", Lane.COMMAND, data))
                .isEqualTo(new Checked.Refused(
                        ErrorCode.INVALID_DATA,
                        "/at/table: no key (expected: a string of 1 to 256 printable ASCII characters)"));
    }

    @Test
    void aKeyIsBounded() {
        assertThat(check("probe.move", Lane.COMMAND, "{\"at\":{\"table\":\"" + "t".repeat(256) + "\"}}"))
                .isInstanceOf(Checked.Fitting.class);
        assertThat(check("probe.move", Lane.COMMAND, "{\"at\":{\"table\":\"" + "t".repeat(257) + "\"}}"))
                .isInstanceOf(Checked.Refused.class);
    }

    @Test
    void aTypeThatNobodyListsIsUnknown() {
        assertThat(check("probe.dance", Lane.COMMAND, "{}"))
                .isEqualTo(new Checked.Refused(
                        ErrorCode.UNKNOWN_TYPE, "type: probe.dance (expected: a command that is listed)"));
    }

    @Test
    void aTypeOfAnotherLaneIsUnknown() {
        assertThat(check("probe.look", Lane.COMMAND, "{}")).satisfies(IntakeTest::isUnknown);
        assertThat(check("probe.act", Lane.QUERY, "{\"step\":1}")).satisfies(IntakeTest::isUnknown);
    }

    @Test
    void dataThatDoesNotFitIsRefusedWithItsPointerAndTheSchemasComplaint() {
        assertThat(check("probe.act", Lane.COMMAND, "{\"step\":0}"))
                .isInstanceOfSatisfying(Checked.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_DATA);
                    assertThat(refused.message()).startsWith("/step: ").contains("1");
                });
    }

    /// In bytes, not in characters; and before the schema has a look at it.
    @Test
    void dataThatIsTooLargeIsRefused() {
        var fits = "{\"step\":1,\"x\":\"" + "é".repeat(23) + "\"}";
        var tooLarge = "{\"step\":0,\"x\":\"" + "é".repeat(24) + "\"}";

        assertThat(check("probe.act", Lane.COMMAND, fits)).isInstanceOf(Checked.Fitting.class);
        assertThat(check("probe.act", Lane.COMMAND, tooLarge))
                .isEqualTo(new Checked.Refused(ErrorCode.TOO_LARGE, "data: 65 bytes (expected: at most 64)"));
    }

    private static void isUnknown(Checked checked) {
        assertThat(checked)
                .isInstanceOfSatisfying(
                        Checked.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE));
    }

    private Checked check(String type, Lane lane, String data) {
        return intake.check(PLAYER, new EventType(type), lane, JSON.readTree(data));
    }

    private static Catalog.Entry entry(String type, Lane lane, Catalog.KeyRule key, String schema, int maxDataBytes) {
        return new Catalog.Entry(new EventType(type), lane, key, schema, maxDataBytes, 50);
    }
}
