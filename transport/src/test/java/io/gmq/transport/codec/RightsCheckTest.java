package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Presentation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of a request are looked at for which right, and what becomes of it where one is missing. */
final class RightsCheckTest {
    private final JsonCommandDecoder decoder = new JsonCommandDecoder(CodecKit.SETTINGS);
    private final List<String> asked = new ArrayList<>();
    private String withheld = "";

    private boolean allows(final Right right, final byte[] name, final int length) {
        final String question = right.word() + ":" + new String(name, 0, length, StandardCharsets.UTF_8);
        asked.add(question);
        return !question.equals(withheld);
    }

    private CommandType decode(final String frame) {
        final byte[] bytes = frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        decoder.decode(bytes, 0, bytes.length, 0, 1, this::allows);
        return CommandHeader.type(decoder.buffer(), decoder.offset());
    }

    private RejectCommand reject() {
        return new RejectCommand().wrap(decoder.buffer(), decoder.offset());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "'publish','queue':'q','text':'x'                          | publish:q",
        "'publish','topic':'t','text':'x'                          | publish:t",
        "'publish','queue':'q','messages':[{'text':'x'}]           | publish:q",
        "'P','queue':'q','text':'x'                                | publish:q",
        "'take','queue':'q'                                        | consume:q",
        "'take','queue':'q','wait_ms':5                            | consume:q",
        "'S','queue':'q'                                           | consume:q",
        "'consume','queue':'q','credit':1                          | consume:q",
        "'ack','queue':'q','message':1                             | consume:q",
        "'nack','queue':'q','message':1                            | consume:q",
        "'extend','queue':'q','message':1                          | consume:q",
        "'park','queue':'q','message':1                            | consume:q",
        "'peek','queue':'q'                                        | consume:q",
        "'length','queue':'q'                                      | consume:q",
        "'L','queue':'q'                                           | consume:q",
        "'describe','queue':'q'                                    | consume:q",
        "'kick','queue':'q'                                        | configure:q",
        "'purge','queue':'q'                                       | configure:q",
        "'delete','queue':'q'                                      | configure:q",
        "'configure','queue':'q','capacity':1                      | configure:q",
        "'configure','queue':'q','dead_letter':''                  | configure:q",
        "'configure','queue':'q','dead_letter':'d'                 | configure:q configure:d",
        "'bind','topic':'a.*.>','queue':'q'                        | configure:a.*.> configure:q",
        "'unbind','topic':'a','queue':'q'                          | configure:a configure:q",
        "'queues'                                                  | admin:",
        "'atomic','steps':[{'operation':'ack','queue':'q','message':1},{'operation':'publish','queue':'r','text':''},{'operation':'nack','queue':'s','message':1},{'operation':'park','queue':'t','message':1},{'operation':'publish','topic':'u','text':''}] | consume:q publish:r consume:s consume:t publish:u",
        "'credit','consumer':1,'credit':1                          | ~~",
        "'cancel','consumer':1                                     | ~~",
        "'hello','version':1                                       | ~~",
        "'ping'                                                    | ~~"})
    void shouldLookAtEachName(final String operation, final String questions) {
        final String frame = "{'id':7,'operation':" + operation + "}";
        final List<String> each = questions.isEmpty() ? List.of() : List.of(questions.split(" "));
        assertThat(decode(frame)).isNotEqualTo(CommandType.REJECT);
        assertThat(asked).isEqualTo(each);
        for (final String question : each) {
            withheld = question;
            assertThat(decode(frame)).as("without %s", question).isEqualTo(CommandType.REJECT);
            assertThat(reject().code().word()).isEqualTo("forbidden");
            assertThat(CommandHeader.correlation(decoder.buffer(), decoder.offset())).isEqualTo(7);
            assertThat(CommandHeader.presentation(decoder.buffer(), decoder.offset()) & Presentation.CLOSE).as("it stays").isZero();
            assertThat(decoder.promisedBytes()).isZero();
        }
    }

    @Test
    void shouldSayWhichRightIsMissingOnWhat() {
        withheld = "configure:d";
        decode("{'operation':'configure','queue':'q','dead_letter':'d'}");
        assertThat(reject().text()).isEqualTo("this user has not the right 'configure' on 'd'; the users' file gives it");
        assertThat(reject().member()).isEqualTo("dead_letter");
        withheld = "admin:";
        decode("{'operation':'queues'}");
        assertThat(reject().text()).isEqualTo("this user has not the right 'admin', which lists queues; the users' file gives it");
    }

    @Test
    void shouldSayWhichStepIsForbidden() {
        withheld = "publish:r";
        decode("{'operation':'atomic','steps':[{'operation':'ack','queue':'q','message':1},{'operation':'publish','queue':'r','text':''},"
            + "{'operation':'publish','queue':'r','text':''}]}");
        assertThat(reject().step()).isEqualTo(1);
        assertThat(reject().text()).contains("'publish' on 'r'");
    }

    /** Syntax comes before rights: of all steps, whichever is forbidden. */
    @ParameterizedTest
    @ValueSource(strings = {
        "{'operation':'publish','queue':'r','text':'x','priority':11}", "{'operation':'publish','queue':'r'}", "{'operation':'publish','queue':'r',",
        "{'operation':'bind','topic':'a..b','queue':'r'}", "{'operation':'publish','topic':'r.*','text':'x'}",
        "{'operation':'atomic','steps':[{'operation':'publish','queue':'r','text':''},{'operation':'publish','queue':'r'}]}"})
    void shouldLookAtTheFormFirst(final String frame) {
        withheld = "publish:r";
        assertThat(decode(frame)).isEqualTo(CommandType.REJECT);
        assertThat(reject().code().word()).isIn("bad_request", "bad_json");
    }

    @Test
    void shouldRefuseAOneShotRequestInItsForm() {
        withheld = "consume:q";
        final byte[] bytes = "{\"operation\":\"S\",\"queue\":\"q\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(decoder.decodeOneShot(bytes, 0, bytes.length, 0, 1, this::allows)).isTrue();
        assertThat(reject().code().word()).isEqualTo("forbidden");
        assertThat(CommandHeader.presentation(decoder.buffer(), decoder.offset())).isEqualTo(Presentation.ONE_SHOT | Presentation.CLOSE);
    }

    @Test
    void shouldKeepWhatAuthSaysUntilTheNextRequest() {
        decode("{'operation':'hello','version':1,'auth':{'user':'\\u00e9','password':'p'}}");
        assertThat(decoder.credentials().areGiven()).isTrue();
        assertThat(decoder.credentials().user()).isEqualTo("é".getBytes(StandardCharsets.UTF_8));
        assertThat(decoder.credentials().password()).isEqualTo(new byte[] {'p'});
        decode("{'operation':'ping'}");
        assertThat(decoder.credentials().areGiven()).isFalse();
        decode("{'operation':'hello','version':1,'auth':{'user':'','password':'p'}}");
        assertThat(decoder.credentials().areGiven()).isFalse();
        decode("{'operation':'hello','version':1,'auth':{'user':'u'}}");
        assertThat(decoder.credentials().areGiven()).isFalse();
    }

    @Test
    void shouldCutCredentialsThatAreLongerThanAnyThatAreGood() {
        decode("{'operation':'hello','version':1,'auth':{'user':'u','password':'" + "p".repeat(5000) + "'}}");
        assertThat(decoder.credentials().password()).hasSize(Credentials.LENGTH_MAX);
    }
}
