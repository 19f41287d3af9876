package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original's requests and its form of reply; quotes are written as apostrophes here. */
final class OneShotTest {
    private static final String AUTH = ",'auth':{'user':'','password':''}}";

    private final CodecKit kit = new CodecKit();

    private String ask(final String request) {
        final String reply = kit.askOneShot(request.replace('\'', '"'));
        return reply == null ? null : reply.replace('"', '\'');
    }

    @Test
    void shouldRepeatAPublish() {
        assertThat(ask("{'operation':'P','queue':'test_queue','payload':'SU5T','confirmation':'','error':null,'auth':{'user':'u','password':'p'}}"))
            .isEqualTo("{'operation':'P','queue':'test_queue','payload':'SU5T','confirmation':'Y','error':null" + AUTH);
        assertThat(ask("{'operation':'P','queue':'q','payload':''}"))
            .isEqualTo("{'operation':'P','queue':'q','payload':'','confirmation':'Y','error':null" + AUTH);
    }

    @Test
    void shouldGiveAMessageOrNothing() {
        ask("{'operation':'P','queue':'q\\'','payload':'SU5T'}");
        assertThat(kit.askOneShot("{\"operation\":\"S\",\"queue\":\"q\\\"\",\"payload\":\"\",\"confirmation\":\"\"}")).isEqualTo(
            "{\"operation\":\"S\",\"queue\":\"q\\\"\",\"payload\":\"SU5T\",\"confirmation\":\"Y\",\"error\":null" + AUTH.replace('\'', '"'));
        assertThat(kit.askOneShot("{\"operation\":\"S\",\"queue\":\"q\\\"\"}"))
            .isEqualTo("{\"operation\":\"S\",\"queue\":\"q\\\"\",\"payload\":\"\",\"confirmation\":\"Y\",\"error\":null" + AUTH.replace('\'', '"'));
        assertThat(ask("{'operation':'S','queue':'unknown'}"))
            .isEqualTo("{'operation':'S','queue':'unknown','payload':'','confirmation':'Y','error':null" + AUTH);
    }

    @Test
    void shouldGiveTheLengthAsDecimalText() {
        assertThat(ask("{'operation':'L','queue':'q'}")).startsWith("{'operation':'L','queue':'q','payload':'','confirmation':'N','error':{"
            + "'code':'no_such_queue',").endsWith(",'queue':'q'}" + AUTH);
        kit.ask("{\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\"},{\"text\":\"\",\"delay_ms\":9}]}");
        assertThat(ask("{'operation':'L','queue':'q'}"))
            .isEqualTo("{'operation':'L','queue':'q','payload':'2','confirmation':'Y','error':null" + AUTH);
    }

    @Test
    void shouldGiveARefusalInTheSameForm() {
        assertThat(ask("{'operation':'P','queue':'q','text':'" + "x".repeat(1002) + "'}")).startsWith("{'operation':'P','queue':'q','payload':'eHh4")
            .contains("eHh4','confirmation':'N','error':{'code':'message_too_large',").endsWith(",'queue':'q','limit':1000,'actual':1002}" + AUTH);
        assertThat(ask("{'operation':'P','queue':'q','payload':'A'}"))
            .startsWith("{'operation':'P','queue':'q','payload':'','confirmation':'N','error':{'code':'bad_payload',")
            .endsWith("'member':'payload','offset':1}" + AUTH);
        assertThat(ask("{'operation':'S','queue':'','auth':{'user':'sesame','password':'sesame'}}"))
            .startsWith("{'operation':'S','queue':'','payload':'','confirmation':'N','error':{'code':'bad_request',").endsWith("'member':'queue'}" + AUTH)
            .doesNotContain("sesame");
        assertThat(ask("{'operation':'L'}")).contains("'member':'queue'").endsWith(AUTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'operation':'publish','queue':'q','text':''}", "{'operation':'ping'}", "{'operation':'P','queue':'q','payload':'','id':1}",
        "{'operation':'S','queue':'q','id':'x'}", "{'operation':'X','queue':'q'}", "{'queue':'q'}", "{'operation':'P','queue':'q'", "[]", "{}",
        "{'operation':'p','queue':'q','payload':''}", "x{'operation':'L','queue':'q'}", "{'operation':'L','queue':'q'}x"
    })
    void shouldLeaveOtherRequestsAlone(final String request) {
        assertThat(ask(request)).isNull();
    }

    @Test
    void shouldNotTakeALineForAOneShot() {
        assertThat(kit.ask("{\"operation\":\"L\",\"queue\":\"q\"}")).startsWith("{\"confirmation\":\"N\"");
    }
}
