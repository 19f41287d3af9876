package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original GMQ clients: one object without LF, answered in the original's form, and the connection ends. Section 7. */
class OneShotConformanceTest extends ConformanceTest {
    private static final String AUTH = ",\"auth\":{\"user\":\"\",\"password\":\"\"}}";

    /** Sends an object without LF and returns all that comes until the broker ends the connection. */
    private String oneShot(final String request) {
        try (Wire original = connect()) {
            return original.sendRaw(on(request).replace('\'', '"')).rest();
        }
    }

    private String form(final String operation, final String payload) {
        return "{\"operation\":\"" + operation + "\",\"queue\":\"" + q + "\",\"payload\":\"" + payload + "\",\"confirmation\":\"Y\",\"error\":null" + AUTH;
    }

    /** As the original's library builds it: every member, credentials too. */
    private static String original(final String operation, final String payload) {
        return "{'operation':'" + operation + "','queue':'$q','payload':'" + payload
            + "','confirmation':'','error':null,'auth':{'user':'616263cf83e1','password':'646566cf83e1'}}";
    }

    @Test
    void shouldAnswerInTheOriginalsForm() {
        assertThat(oneShot(original("S", ""))).isEqualTo(form("S", ""));
        assertThat(oneShot(original("P", "Zmlyc3Q="))).isEqualTo(form("P", "Zmlyc3Q="));
        assertThat(oneShot("{'operation':'P','queue':'$q','payload':'c2Vjb25k'}")).isEqualTo(form("P", "c2Vjb25k"));
        assertThat(oneShot(original("P", ""))).isEqualTo(form("P", ""));
        assertThat(oneShot(original("L", ""))).isEqualTo(form("L", "3"));
        assertThat(oneShot(original("S", ""))).isEqualTo(form("S", "Zmlyc3Q="));
        assertThat(oneShot("{'operation':'S','queue':'$q'}")).isEqualTo(form("S", "c2Vjb25k"));
        assertThat(oneShot(original("S", ""))).isEqualTo(form("S", ""));
        assertThat(oneShot(original("S", ""))).isEqualTo(form("S", ""));
        assertThat(oneShot("{'operation':'L','queue':'$q'}")).isEqualTo(form("L", "0"));
    }

    @Test
    void shouldRefuseInTheOriginalsForm() {
        assertThat(oneShot(original("L", ""))).isEqualTo("{\"operation\":\"L\",\"queue\":\"" + q + "\",\"payload\":\"\",\"confirmation\":\"N\","
            + "\"error\":{\"code\":\"no_such_queue\",\"message\":\"there is no queue '" + q + "'; a publish creates it\",\"queue\":\"" + q + "\"}" + AUTH);
        final String tooLarge = Base64.getEncoder().encodeToString(new byte[40961]);
        final Reply refusal = Reply.of(oneShot(original("P", tooLarge)));
        assertThat(refusal.members().keySet()).containsExactly("operation", "queue", "payload", "confirmation", "error", "auth");
        assertThat(refusal.string("payload")).isEqualTo(tooLarge);
        assertThat(refusal.string("confirmation")).isEqualTo("N");
        assertThat(refusal.error().members()).containsEntry("code", "message_too_large").containsEntry("limit", 40960L)
            .containsEntry("actual", 40961L);
        assertThat(refusal.line()).endsWith(AUTH);
        final Reply badPayload = Reply.of(oneShot(original("P", "a=")));
        assertThat(badPayload.members().keySet()).containsExactly("operation", "queue", "payload", "confirmation", "error", "auth");
        assertThat(badPayload.code()).isEqualTo("bad_payload");
        assertThat(Reply.of(oneShot("{'operation':'P'}")).error().string("member")).isEqualTo("queue");
        assertThat(Reply.of(oneShot("{'operation':'S','queue':'$q','wait':1}")).code()).isEqualTo("bad_request");
    }

    @Test
    void shouldReadARequestThatComesInSeveralSegments() {
        final byte[] bytes = on(original("P", "c2VnbWVudHM=")).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        for (int at = 1; at < bytes.length; at += 7) {
            try (Wire original = connect()) {
                original.sendRaw(bytes, 0, at);
                wire.confirm("{'operation':'ping'}");
                assertThat(original.sendRaw(bytes, at, bytes.length - at).rest()).isEqualTo(form("P", "c2VnbWVudHM="));
            }
        }
    }

    @Test
    void shouldReadARequestAsLongAsAnyMessage() {
        final String payload = Base64.getEncoder().encodeToString(new byte[40960]);
        assertThat(oneShot(original("P", payload))).isEqualTo(form("P", payload));
        assertThat(oneShot(original("S", ""))).isEqualTo(form("S", payload));
    }

    @Test
    void shouldRefuseARequestThatIsLongerThanAnyFrame() {
        try (Wire original = connect()) {
            original.sendRaw("{\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"" + "A".repeat(1 << 20) + "\"}");
            assertThat(Reply.of(original.rest().strip()).code()).isEqualTo("frame_too_large");
        }
    }

    @Test
    void shouldReadPayloadsWithBracketsQuotesAndEscapes() {
        assertThat(oneShot("{'operation':'P','queue':'$q','text':'}{\\\"}]'}")).isEqualTo(form("P", "fXsifV0="));
        assertThat(oneShot("{ \"queue\" : \"$q\" ,\n \"operation\" :\t\"S\" }".replace('\n', ' '))).isEqualTo(form("S", "fXsifV0="));
    }

    @Test
    void shouldNeverSendCredentialsBack() {
        for (final String request : new String[] {original("P", "YQ=="), original("P", "!"), original("S", ""), original("L", ""), original("S", "YQ==")}) {
            assertThat(oneShot(request)).doesNotContain("616263").doesNotContain("646566").endsWith(AUTH);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"operation\":\"P\",\"queue\":\"$q\",\"payload\":\"YQ==\"}\n",
        "{\"operation\":\"P\",\"queue\":\"$q\",\"payload\":\"YQ==\"}\r\n",
        "\n{\"operation\":\"P\",\"queue\":\"$q\",\"payload\":\"YQ==\"}\n"})
    void shouldTakeALineForALine(final String line) {
        wire.sendRaw(on(line));
        assertThat(wire.reply().has("message")).isTrue();
        confirm("{'operation':'ping'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\":1,\"operation\":\"P\",\"queue\":\"$q\",\"payload\":\"YQ==\"}",
        "{\"operation\":\"P\",\"queue\":\"$q\",\"payload\":\"YQ==\",\"id\":1}"})
    void shouldWaitForTheEndOfALineWithAnId(final String request) {
        wire.sendRaw(on(request));
        try (Wire other = connect()) {
            other.confirm("{'operation':'ping'}");
        }
        assertThat(wire.isSilent()).isTrue();
        assertThat(wire.sendRaw("\n").reply().number("id")).isEqualTo(1);
        confirm("{'operation':'ping'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"operation\":\"ping\"}",
        "{\"operation\":\"publish\",\"queue\":\"$q\",\"payload\":\"YQ==\"}",
        "{\"operation\":\"length\",\"queue\":\"$q\"}",
        "{\"operation\":\"X\",\"queue\":\"$q\"}"})
    void shouldWaitForTheEndOfALineOfAnyOtherOperation(final String request) {
        wire.sendRaw(on(request));
        try (Wire other = connect()) {
            other.confirm("{'operation':'ping'}");
        }
        assertThat(wire.isSilent()).isTrue();
        wire.sendRaw("\n").reply();
        confirm("{'operation':'ping'}");
    }

    @Test
    void shouldNotTakeARequestForOneShotThatIsFollowedBySomething() {
        final String publish = on("{\"operation\":\"P\",\"queue\":\"$q\",\"payload\":\"YQ==\"}");
        wire.sendRaw(publish + "\n" + publish.substring(0, 20));
        assertThat(wire.reply().has("message")).isTrue();
        assertThat(wire.sendRaw(publish.substring(20) + "\n").reply().has("message")).isTrue();
        try (Wire other = connect()) {
            other.sendRaw(publish + " ");
            wire.confirm("{'operation':'ping'}");
            assertThat(other.isSilent()).isTrue();
            assertThat(other.sendRaw("\n").reply().has("message")).isTrue();
            other.confirm("{'operation':'ping'}");
        }
    }

    @Test
    void shouldNotTakeALaterObjectForOneShot() {
        confirm("{'operation':'ping'}");
        wire.sendRaw(on("{\"operation\":\"L\",\"queue\":\"$q\"}"));
        try (Wire other = connect()) {
            other.confirm("{'operation':'ping'}");
        }
        assertThat(wire.isSilent()).isTrue();
        assertThat(wire.sendRaw("\n").reply().code()).isEqualTo("no_such_queue");
    }

    @Test
    void shouldAnswerAClientThatEndsItsHalfAtOnce() {
        try (Wire original = connect()) {
            assertThat(original.sendRaw(on(original("P", "YQ==")).replace('\'', '"')).endOutput().rest()).isEqualTo(form("P", "YQ=="));
        }
        assertThat(length().number("ready")).isEqualTo(1);
    }
}
