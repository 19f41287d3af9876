package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecoderTest {
    private final CodecKit kit = new CodecKit();

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "x", "{", "}", "[]", "1", "\"a\"", "null", "{\"operation\":\"ping\"", "{\"operation\":\"ping\"}}", "{\"operation\":\"ping\"}x",
        "{\"operation\":\"ping\"}{}", "{\"operation\":\"ping\",}", "{'operation':'ping'}", "{operation:\"ping\"}", "\uFEFF{\"operation\":\"ping\"}",
        "{\"operation\":\"ping\",\"id\":01}", "{\"operation\":\"ping\",\"id\":+1}", "{\"operation\":\"ping\",\"x\":tru}",
        "{\"operation\":\"ping\",\"a\u0001\":1}", "{\"a\tb\":1}", "{\"operation\":\"pi\u0000ng\"}", "{\"operation\":\"ping\" \"id\":1}",
        "{\"operation\":\"ping\",\"id\":1\u00a0}", "{\"operation\":\"\\x\"}", "{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"a\nb\"}",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"AAA\"\"}", "{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"AAAA}",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"headers\":{\"a\":\"b\",}}", "{\"operation\":\"publish\",\"messages\":[{\"text\":\"a\"]}",
        "{\"operation\":\"hello\",\"auth\":{\"user\":\"u\",}}", "{\"operation\":\"ack\",\"messages\":[1,]}"
    })
    void shouldRefuseWhatIsNoJsonObject(final String frame) {
        assertThat(kit.verdict(frame)).isEqualTo("bad_json");
        assertThat(kit.ask(frame)).startsWith("{\"confirmation\":\"N\",\"error\":{\"code\":\"bad_json\",\"message\":");
    }

    @Test
    void shouldRefuseWhatIsNotUtf8() {
        for (final int[] wrong : new int[][] {{0xFF}, {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xE2, 0x82}, {0xF5, 0x80, 0x80, 0x80}, {0x80}}) {
            final byte[] frame = "{\"operation\":\"ping\",\"name\":\"______________\"}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < wrong.length; i++) {
                frame[30 + i] = (byte) wrong[i];
            }
            assertThat(kit.verdict(frame)).isEqualTo("bad_json");
        }
    }

    @Test
    void shouldNotMindDepthOfWhatItDoesNotKnow() {
        final int depth = 100_000;
        final String deep = "[".repeat(depth) + "]".repeat(depth);
        final String deepObjects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        for (final String value : new String[] {deep, deepObjects}) {
            assertThat(kit.verdict("{\"operation\":\"ping\",\"x\":" + value + "}")).isEqualTo("bad_request x");
            assertThat(kit.verdict("{\"operation\":\"publish\",\"queue\":" + value + ",\"text\":\"\"}")).isEqualTo("bad_request queue");
            assertThat(kit.verdict("{\"operation\":\"publish\",\"queue\":\"q\",\"headers\":" + value + "}")).isEqualTo("bad_request headers");
            assertThat(kit.verdict("{\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[" + value + "]}")).startsWith("bad_request ");
            assertThat(kit.verdict("{\"operation\":\"P\",\"queue\":\"q\",\"text\":\"\",\"error\":" + value + "}")).isEqualTo("publish");
            assertThat(kit.verdict("{\"operation\":\"ping\",\"x\":" + value.substring(1) + "}")).isEqualTo("bad_json");
        }
        assertThat(kit.verdict("[".repeat(depth))).isEqualTo("bad_json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"id\":7,\"operation\":\"nope\"} | unknown_operation",
        "{\"operation\":\"nope\",\"id\":7} | unknown_operation",
        "{\"operation\":\"publish\",\"queue\":\"\",\"id\":7} | bad_request",
        "{\"bogus\":[{\"id\":9}],\"operation\":\"ping\",\"id\":7} | bad_request",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"A\",\"id\":7} | bad_payload",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\",\"durability\":\"replicated\",\"id\":7} | unsupported",
        "{\"id\":7} | bad_request",
        "{\"operation\":5,\"id\":7} | bad_request",
        "{\"operation\":\"take\",\"queue\":\"q\",\"max\":0,\"id\":7} | bad_request",
        "{\"operation\":\"ping\",\"id\":7,\"id\":8} | bad_request",
        "{\"operation\":\"ping\",\"operation\":\"ping\",\"id\":7} | bad_request"
    })
    void shouldRepeatTheIdInARefusalWhereverItStands(final String frame, final String code) {
        assertThat(kit.ask(frame)).startsWith("{\"id\":7,\"confirmation\":\"N\",\"error\":{\"code\":\"" + code + "\",");
    }

    @Test
    void shouldRepeatNoIdThatIsNone() {
        for (final String id : new String[] {"-1", "9007199254740992", "1.0", "\"7\"", "null"}) {
            assertThat(kit.ask("{\"operation\":\"ping\",\"id\":" + id + "}")).startsWith("{\"confirmation\":\"N\"").contains("\"member\":\"id\"");
        }
        assertThat(kit.ask("{\"id\":7,\"operation\":\"ping\"")).as("bad json has no id").startsWith("{\"confirmation\":\"N\"");
    }

    @ParameterizedTest
    @CsvSource({"'A', 1", "'AAAAA', 5", "'AB==', 1", "'AAB=', 2", "'AA', 2", "'AA-A', 2", "'AA==AAAA', 4", "'AAA\\/-', 4", "'é', 0", "'AAAA ', 4"})
    void shouldSayWhereAPayloadIsNotCanonical(final String payload, final int offset) {
        assertThat(kit.verdict("{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"" + payload + "\"}"))
            .isEqualTo("bad_payload payload @" + offset);
        assertThat(kit.verdict("{\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"a\"},{\"payload\":\"" + payload + "\"}]}"))
            .isEqualTo("bad_payload payload @" + offset);
    }

    @Test
    void shouldRefuseADurabilityThatTheStorageCannotGive() {
        for (final String members : new String[] {
            "\"publish\",\"text\":\"\"", "\"P\",\"text\":\"\"", "\"S\"", "\"take\",\"lease_ms\":0", "\"ack\",\"message\":1", "\"nack\",\"messages\":[1]",
            "\"extend\",\"from\":1,\"to\":1", "\"park\",\"message\":1"}) {
            assertThat(kit.verdict("{\"operation\":" + members + ",\"queue\":\"q\",\"durability\":\"replicated\"}")).as(members)
                .isEqualTo("unsupported durability");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"operation\":\"publish\",\"queue\":\"q\" | payload",
        "\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\",\"payload\":\"\" | payload",
        "\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\",\"messages\":[{\"text\":\"\"}] | messages",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\"}],\"priority\":4 | messages",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\"}],\"headers\":{} | messages",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[1] | messages",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{}] | messages",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\",\"payload\":\"\"}] | messages",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\",\"text\":\"\"}] | text",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\",\"queue\":\"q\"}] | queue",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\",\"priority\":10}] | priority",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\",\"prio\":1}] | prio",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\"},1] | messages",
        "\"operation\":\"ack\",\"queue\":\"q\" | message",
        "\"operation\":\"ack\",\"queue\":\"q\",\"message\":1,\"messages\":[1] | message",
        "\"operation\":\"ack\",\"queue\":\"q\",\"message\":1,\"from\":1,\"to\":2 | message",
        "\"operation\":\"ack\",\"queue\":\"q\",\"from\":1 | to",
        "\"operation\":\"ack\",\"queue\":\"q\",\"to\":1 | from",
        "\"operation\":\"ack\",\"queue\":\"q\",\"from\":2,\"to\":1 | to",
        "\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[{\"text\":\"\"}] | messages",
        "\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[1],\"attempt\":1 | attempt",
        "\"operation\":\"extend\",\"queue\":\"q\",\"message\":1,\"lease_ms\":0 | lease_ms",
        "\"operation\":\"take\",\"queue\":\"q\",\"durability\":\"memory\" | durability",
        "\"operation\":\"take\",\"queue\":\"q\",\"lease_ms\":0,\"keep\":true | keep",
        "\"operation\":\"publish\",\"text\":\"\" | queue",
        "\"operation\":\"publish\",\"queue\":\"q\",\"topic\":\"t\",\"text\":\"\" | topic",
        "\"operation\":\"publish\",\"topic\":\"*\",\"text\":\"\" | topic",
        "\"operation\":\"publish\",\"topic\":\"a.*.b\",\"text\":\"\" | topic",
        "\"operation\":\"publish\",\"topic\":\"a.>\",\"text\":\"\" | topic",
        "\"operation\":\"publish\",\"topic\":\"a..b\",\"text\":\"\" | topic",
        "\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\",\"producer\":\"p\" | sequence",
        "\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\",\"sequence\":1 | producer",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\"}],\"ttl_ms\":0 | messages",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\",\"producer\":\"p\"}] | producer",
        "\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"\",\"confirm\":\"last\"}] | confirm",
        "\"operation\":\"park\",\"queue\":\"q\",\"message\":1,\"delay_ms\":1 | delay_ms",
        "\"operation\":\"ack\",\"queue\":\"q\",\"message\":1,\"reason\":\"r\" | reason",
        "\"operation\":\"kick\",\"queue\":\"q\",\"durability\":\"memory\" | durability",
        "\"operation\":\"consume\",\"queue\":\"q\" | credit",
        "\"operation\":\"consume\",\"queue\":\"q\",\"credit\":1,\"lease_ms\":0,\"keep\":true | keep",
        "\"operation\":\"consume\",\"queue\":\"q\",\"credit\":1,\"max\":1 | max",
        "\"operation\":\"credit\",\"credit\":1 | consumer",
        "\"operation\":\"credit\",\"consumer\":1 | credit",
        "\"operation\":\"cancel\",\"consumer\":1,\"credit\":1 | credit",
        "\"operation\":\"bind\",\"queue\":\"q\" | topic",
        "\"operation\":\"bind\",\"topic\":\"t\" | queue",
        "\"operation\":\"bind\",\"queue\":\"q\",\"topic\":\"a.>.b\" | topic",
        "\"operation\":\"unbind\",\"queue\":\"q\",\"topic\":\".\" | topic",
        "\"operation\":\"configure\",\"queue\":\"q\",\"dead_letter\":\"q\" | dead_letter",
        "\"operation\":\"configure\",\"queue\":\"q\",\"lease_ms\":0 | lease_ms",
        "\"operation\":\"purge\",\"queue\":\"q\",\"max\":1 | max",
        "\"operation\":\"atomic\" | steps",
        "\"operation\":\"atomic\",\"queue\":\"q\",\"steps\":[{\"operation\":\"ack\",\"queue\":\"q\",\"message\":1}] | queue",
        "\"operation\":\"ping\",\"steps\":[1] | steps",
        "\"operation\":\"S\",\"queue\":\"q\",\"payload\":\"AAAA\" | payload",
        "\"operation\":\"L\",\"queue\":\"q\",\"payload\":\"AAAA\" | payload",
        "\"queue\":\"q\" | operation",
        "\"operation\":null | operation"
    })
    void shouldRefuseWhatDoesNotGoTogether(final String members, final String member) {
        assertThat(kit.verdict('{' + members + '}')).isEqualTo("bad_request " + member);
    }

    private String stepsVerdict(final String... steps) {
        final String members = "\"operation\":\"atomic\"";
        final String array = "\"steps\":[" + String.join(",", steps).replace('\'', '"') + "]";
        final String verdict = kit.verdict('{' + members + ',' + array + ",\"id\":3}");
        assertThat(kit.verdict('{' + array + ",\"id\":3," + members + '}')).isEqualTo(verdict);
        assertThat(CommandHeader.correlation(kit.decoder().buffer(), kit.decoder().offset())).isEqualTo(3);
        return verdict;
    }

    @Test
    void shouldNameTheStepThatIsWrong() {
        final String good = "{'operation':'ack','queue':'q','message':1}";
        assertThat(stepsVerdict(good, "1")).isEqualTo("bad_request steps #1");
        assertThat(stepsVerdict("{}")).isEqualTo("bad_request operation #0");
        assertThat(stepsVerdict(good, "{'operation':'ack','message':1}")).isEqualTo("bad_request queue #1");
        assertThat(stepsVerdict(good, good, "{'operation':'publish','queue':'q','text':'','priority':10}")).isEqualTo("bad_request priority #2");
        assertThat(stepsVerdict("{'operation':'publish','queue':'q','text':'','id':1}")).isEqualTo("bad_request id #0");
        assertThat(stepsVerdict("{'operation':'publish','queue':'q','text':'','confirm':'each'}")).isEqualTo("bad_request confirm #0");
        assertThat(stepsVerdict("{'operation':'atomic','steps':[" + good + "]}")).isEqualTo("bad_request steps #0");
        assertThat(stepsVerdict("{'operation':'ack','queue':'q','message':1,'message':2}")).isEqualTo("bad_request message #0");
        assertThat(stepsVerdict("{'operation':'ack','queue':'q','mesage':1}")).isEqualTo("bad_request mesage #0");
        assertThat(kit.reject().text()).contains("'message'");
        assertThat(stepsVerdict(good, "{'operation':'ack','queue':'q','from':2,'to':1}")).isEqualTo("bad_request to #1");
        assertThat(stepsVerdict("{'operation':'publish','queue':'q','payload':'AAAAA'}")).isEqualTo("bad_payload payload #0 @5");
        assertThat(stepsVerdict(good, "{'operation':'pubish','queue':'q'}")).isEqualTo("unknown_operation operation #1");
        for (final String operation : new String[] {"take", "extend", "P", "ping"}) {
            assertThat(stepsVerdict("{'operation':'" + operation + "'" + (operation.equals("ping") ? "" : ",'queue':'q'")
                + (operation.equals("P") ? ",'text':''" : operation.equals("extend") ? ",'message':1" : "") + "}")).isEqualTo("bad_request operation #0");
        }
        assertThat(stepsVerdict(Collections.nCopies(101, good).toArray(String[]::new))).isEqualTo("bad_request steps");
        assertThat(stepsVerdict(Collections.nCopies(100, good).toArray(String[]::new))).isEqualTo("atomic");
        assertThat(kit.ask("{\"operation\":\"atomic\",\"id\":4,\"steps\":[{\"operation\":\"ack\",\"queue\":\"q\"}]}"))
            .startsWith("{\"id\":4,\"confirmation\":\"N\",\"error\":{\"code\":\"bad_request\",").endsWith("\"member\":\"message\",\"step\":0}}");
    }

    @Test
    void shouldLookAtTheSyntaxOfAllStepsBeforeAnyLevel() {
        final String unsupported = "{'operation':'ack','queue':'q','message':1,'durability':'replicated'}";
        final String good = "{'operation':'ack','queue':'q','message':1,'durability':'synced'}";
        assertThat(stepsVerdict(good, unsupported, unsupported)).isEqualTo("unsupported durability #1");
        assertThat(stepsVerdict(unsupported, "{'operation':'ack','queue':'q'}")).isEqualTo("bad_request message #1");
        assertThat(stepsVerdict(good)).isEqualTo("atomic");
        assertThat(CommandHeader.level(kit.decoder().buffer(), kit.decoder().offset())).isEqualTo(Durability.SYNCED);
    }

    @Test
    void shouldRefuseStepsWhoseCommandWouldBeMuchLongerThanTheirFrame() {
        final String ids = "{'operation':'ack','queue':'q','messages':[" + "1,".repeat(999) + "1]}";
        assertThat(stepsVerdict(Collections.nCopies(12, ids).toArray(String[]::new))).isEqualTo("atomic");
        assertThat(stepsVerdict(Collections.nCopies(13, ids).toArray(String[]::new))).isEqualTo("bad_request steps");
        assertThat(kit.decoder().length()).isLessThan(CodecKit.SETTINGS.maxFrameLength());
    }

    @Test
    void shouldBoundPushesByTheFrameAndTheNameOfTheQueue() {
        final ConsumeCommand consume = new ConsumeCommand();
        kit.verdict("{\"operation\":\"consume\",\"queue\":\"" + "q".repeat(255) + "\",\"credit\":5}");
        consume.wrap(kit.decoder().buffer(), kit.decoder().offset());
        final int longName = consume.pushBytesMax();
        kit.verdict("{\"operation\":\"consume\",\"queue\":\"q\",\"credit\":5}");
        consume.wrap(kit.decoder().buffer(), kit.decoder().offset());
        assertThat(consume.pushBytesMax()).isLessThan(CodecKit.SETTINGS.maxFrameLength()).isEqualTo(longName + 2 * 254);
    }

    @Test
    void shouldAnswerAOneShotPublishThatWantsNoAnswer() {
        assertThat(kit.verdictOneShot("{\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"\",\"confirm\":\"last\"}")).isEqualTo("publish");
        assertThat(CommandHeader.presentation(kit.decoder().buffer(), kit.decoder().offset()))
            .isEqualTo(Presentation.ONE_SHOT | Presentation.CLOSE);
    }

    @Test
    void shouldRefuseAFrameThatIsTooLong() {
        assertThat(kit.rejectTooLarge()).startsWith("{\"confirmation\":\"N\",\"error\":{\"code\":\"frame_too_large\",")
            .endsWith(",\"limit\":65536}}");
    }

    @Test
    void shouldWriteAPublishWithAllItsOptions() {
        kit.verdict("{\"headers\":{\"a\":\"b\",\"é\":\"\"},\"priority\":9,\"id\":5,\"delay_ms\":77,\"durability\":\"written\",\"text\":\"hé\","
            + "\"queue\":\"q1\",\"operation\":\"publish\"}");
        final DirectBuffer buffer = kit.decoder().buffer();
        final int offset = kit.decoder().offset();
        final PublishCommand publish = new PublishCommand().wrap(buffer, offset);
        publish.next();

        assertThat(text(buffer, publish.nameOffset(), publish.nameLength())).isEqualTo("q1");
        assertThat(publish.count()).isEqualTo(1);
        assertThat(publish.priority()).isEqualTo(9);
        assertThat(publish.delayMs()).isEqualTo(77);
        assertThat(text(buffer, publish.payloadOffset(), publish.payloadLength())).isEqualTo("hé");
        assertThat(text(buffer, publish.payloadOffset() + publish.payloadLength(), publish.headersLength()))
            .isEqualTo("\u0001\u0000a\u0001\u0000b\u0002\u0000é\u0000\u0000");
        assertThat(CommandHeader.correlation(buffer, offset)).isEqualTo(5);
        assertThat(CommandHeader.level(buffer, offset)).isEqualTo(Durability.WRITTEN);
        assertThat(CommandHeader.timestampMs(buffer, offset)).isEqualTo(CodecKit.START_MS);
        assertThat(publish.payloadOffset() + publish.payloadLength() + publish.headersLength() + Long.BYTES)
            .isEqualTo(offset + kit.decoder().length());
    }

    @Test
    void shouldWriteABatchWhoseMessagesDoNotMixTheirOptions() {
        kit.verdict("{\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"headers\":{\"a\":\"b\"},\"text\":\"1\",\"priority\":9},"
            + "{\"text\":\"\",\"delay_ms\":3},{\"payload\":\"\\/\\/8=\"}]}");
        final PublishCommand publish = new PublishCommand().wrap(kit.decoder().buffer(), kit.decoder().offset());

        assertThat(publish.count()).isEqualTo(3);
        publish.next();
        assertThat(new long[] {publish.payloadLength(), publish.headersLength(), publish.priority(), publish.delayMs()}).containsExactly(1, 6, 9, 0);
        publish.next();
        assertThat(new long[] {publish.payloadLength(), publish.headersLength(), publish.priority(), publish.delayMs()}).containsExactly(0, 0, 4, 3);
        publish.next();
        assertThat(new long[] {publish.payloadLength(), publish.headersLength(), publish.priority(), publish.delayMs()}).containsExactly(2, 0, 4, 0);
    }

    @Test
    void shouldWriteATakeWithItsDefaultsAndOptions() {
        kit.verdict("{\"operation\":\"take\",\"queue\":\"q\"}");
        final TakeCommand take = new TakeCommand().wrap(kit.decoder().buffer(), kit.decoder().offset());
        assertThat(new long[] {take.max(), take.waitMs(), take.leaseMs(), take.expansion()}).containsExactly(1, 0, TakeCommand.DEFAULT_LEASE, 4);
        assertThat(take.keep()).isFalse();
        assertThat(take.replyBytesMax()).isLessThan(CodecKit.SETTINGS.maxFrameLength());

        kit.verdict("{\"operation\":\"take\",\"queue\":\"q\",\"max\":1000,\"wait_ms\":5,\"lease_ms\":9,\"keep\":true,\"as\":\"text\"}");
        take.wrap(kit.decoder().buffer(), kit.decoder().offset());
        assertThat(new long[] {take.max(), take.waitMs(), take.leaseMs(), take.expansion()}).containsExactly(1000, 5, 9, 18);
        assertThat(take.keep()).isTrue();
    }

    @Test
    void shouldWriteSettlings() {
        final SettleCommand settle = new SettleCommand();
        kit.verdict("{\"operation\":\"nack\",\"queue\":\"q\",\"message\":8,\"attempt\":2,\"delay_ms\":30,\"priority\":0}");
        settle.wrap(kit.decoder().buffer(), kit.decoder().offset());
        assertThat(new long[] {settle.selection(), settle.count(), settle.id(0), settle.attempt(), settle.durationMs(), settle.priority()})
            .containsExactly(SettleCommand.ONE, 1, 8, 2, 30, 0);

        kit.verdict("{\"operation\":\"extend\",\"queue\":\"q\",\"messages\":[3, 4 ,9223372036854775807]}");
        settle.wrap(kit.decoder().buffer(), kit.decoder().offset());
        assertThat(new long[] {settle.selection(), settle.count(), settle.id(0), settle.id(2), settle.attempt(), settle.durationMs(), settle.priority()})
            .containsExactly(SettleCommand.LIST, 3, 3, Long.MAX_VALUE, SettleCommand.ANY_ATTEMPT, TakeCommand.DEFAULT_LEASE,
                SettleCommand.SAME_PRIORITY);

        kit.verdict("{\"operation\":\"ack\",\"queue\":\"q\",\"from\":0,\"to\":9223372036854775807}");
        settle.wrap(kit.decoder().buffer(), kit.decoder().offset());
        assertThat(new long[] {settle.selection(), settle.count(), settle.id(0), settle.id(1)})
            .containsExactly(SettleCommand.RANGE, 2, 0, Long.MAX_VALUE);
    }

    @Test
    void shouldForgetTheFrameBefore() {
        kit.verdict("{\"operation\":\"publish\",\"id\":3,\"queue\":\"qqq\",\"text\":\"abc\",\"headers\":{\"a\":\"b\"},\"durability\":\"synced\"");
        kit.verdict("{\"operation\":\"nope\",\"id\":3,\"queue\":\"qqq\",\"priority\":9,\"max\":7,\"as\":\"text\",\"details\":true}");

        assertThat(kit.ask("{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"\"}")).isEqualTo("{\"confirmation\":\"Y\",\"message\":1}");
        assertThat(kit.ask("{\"operation\":\"take\",\"queue\":\"q\"}")).isEqualTo("{\"confirmation\":\"Y\",\"messages\":[{\"message\":1,\"payload\":\"\"}]}");
    }

    @Test
    void shouldTakeALargeFrame() {
        final CodecKit large = new CodecKit(new CodecSettings(new Limits(9, 16 << 20, 9, 1000, 1 << 30, 10), 32 << 20, Durability.MEMORY,
            Durability.MEMORY, "memory", "x"));
        final String text = "é\\u00e9\\n".repeat(500_000);
        assertThat(large.ask("{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"" + text + "\"}")).startsWith("{\"confirmation\":\"Y\"");
        assertThat(large.ask("{\"operation\":\"take\",\"queue\":\"q\",\"as\":\"text\"}"))
            .isEqualTo("{\"confirmation\":\"Y\",\"messages\":[{\"message\":1,\"text\":\"" + text.replace("\\u00e9", "é") + "\"}]}");
    }

    @Test
    void shouldNameWhatIsWrongHoweverLongItIs() {
        final String name = "\uD83D\uDE00".repeat(10_000);
        assertThat(kit.ask("{\"operation\":\"ping\",\"" + name + "\":1}")).contains("\"code\":\"bad_request\"").contains("\"member\":\"\uD83D\uDE00");
        assertThat(kit.ask("{\"operation\":\"" + name + "\"}")).contains("\"code\":\"unknown_operation\"");
        assertThat(kit.ask("{\"operation\":\"ping\",\"" + "\\u0001".repeat(5000) + "\":1}")).contains("\\u0001");
    }
}
