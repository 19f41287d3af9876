package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, what goes out is one line of JSON and no longer than was said ({@link CodecKit} looks at every reply). */
final class CodecFuzzTest {
    static final String[] GOOD = {
        "{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"aGVsbG8=\",\"priority\":3,\"headers\":{\"a\":\"b\"},\"id\":1}",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"text\":\"h\\u00e9\"},{\"payload\":\"/w==\",\"delay_ms\":4}],\"durability\":\"synced\"}",
        "{\"operation\":\"take\",\"queue\":\"q\",\"max\":10,\"wait_ms\":5,\"lease_ms\":900,\"as\":\"text\",\"details\":true,\"keep\":true}",
        "{\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[1,2,3,9223372036854775807],\"id\":12}",
        "{\"operation\":\"nack\",\"queue\":\"q\",\"from\":1,\"to\":900,\"delay_ms\":1,\"priority\":9}",
        "{\"operation\":\"extend\",\"queue\":\"q\",\"message\":3,\"attempt\":1,\"lease_ms\":5}",
        "{\"operation\":\"park\",\"queue\":\"q\",\"message\":2,\"reason\":\"why\"}",
        "{\"operation\":\"kick\",\"queue\":\"q\",\"max\":3,\"id\":7}",
        "{\"operation\":\"peek\",\"queue\":\"q\",\"state\":\"parked\",\"max\":30,\"as\":\"text\",\"details\":true}",
        "{\"operation\":\"publish\",\"topic\":\"a.b\",\"text\":\"t\",\"ttl_ms\":9,\"producer\":\"p\",\"sequence\":3,\"confirm\":\"last\"}",
        "{\"operation\":\"atomic\",\"steps\":[{\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[1,2]},{\"operation\":\"publish\",\"topic\":\"a.b\","
            + "\"text\":\"\"},{\"operation\":\"nack\",\"queue\":\"q\",\"from\":1,\"to\":9,\"durability\":\"synced\"}],\"id\":8}",
        "{\"operation\":\"consume\",\"queue\":\"q\",\"credit\":3,\"lease_ms\":5,\"as\":\"text\"}",
        "{\"operation\":\"consume\",\"queue\":\"q\",\"credit\":3,\"lease_ms\":0}",
        "{\"operation\":\"credit\",\"consumer\":1,\"credit\":10}", "{\"operation\":\"cancel\",\"consumer\":1,\"id\":3}",
        "{\"operation\":\"bind\",\"topic\":\"a.*\",\"queue\":\"q\"}", "{\"operation\":\"unbind\",\"topic\":\"a.*\",\"queue\":\"q\"}",
        "{\"operation\":\"configure\",\"queue\":\"q\",\"capacity\":50,\"max_attempts\":2,\"dead_letter\":\"d\",\"on_full\":\"drop_oldest\"}",
        "{\"operation\":\"describe\",\"queue\":\"q\",\"id\":9}", "{\"operation\":\"purge\",\"queue\":\"q\",\"state\":\"leased\"}",
        "{\"operation\":\"delete\",\"queue\":\"q\",\"if_empty\":true}",
        "{\"operation\":\"queues\",\"prefix\":\"q\",\"after\":\"a\",\"max\":3}",
        "{\"operation\":\"hello\",\"version\":1,\"name\":\"n\",\"auth\":{\"user\":\"u\",\"password\":\"p\"}}",
        "{\"operation\":\"S\",\"queue\":\"q\",\"payload\":\"\",\"confirmation\":null,\"error\":{\"a\":[1]},\"auth\":{}}",
        "{\"operation\":\"L\",\"queue\":\"q\\u20ac\\ud83d\\ude00\"}"
    };
    private static final byte[] ODD = "{}[],:\"\\u0159-+.eE tfn\u0000\u007f\u00c3\u00a9\u00ff\n\r".getBytes(StandardCharsets.ISO_8859_1);
    private static final String WORST_NAME = "\\\"".repeat(255);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldMakeACommandOfWhateverAFrameHolds(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final CodecKit kit = new CodecKit();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            final Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
            byte[] frame = RandomRequest.of(operation, new Random(random.nextLong())).json().getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                frame = change(random, frame);
            }
            final String verdict = kit.verdict(frame);
            if (kit.isRefused()) {
                refused++;
                assertThat(kit.reject().text()).as(verdict).isNotBlank();
            } else {
                assertThat(CommandText.of(kit.decoder().buffer(), kit.decoder().offset())).startsWith(verdict + " id=");
            }
            assertThat(kit.decoder().replyBytes()).isPositive();
        }
        assertThat(refused).isBetween(5000, 19_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldAnswerOrWaitWhateverAFrameHolds(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final CodecKit kit = new CodecKit();
        int confirmed = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = GOOD[random.nextInt(GOOD.length)].getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                frame = change(random, frame);
            }
            final String reply = random.nextInt(10) == 0 ? kit.advance(3).tick() : kit.ask(1 + random.nextInt(3), frame);
            confirmed += reply.contains("\"confirmation\":\"Y\"") ? 1 : 0;
            refused += reply.contains("\"confirmation\":\"N\"") ? 1 : 0;
            final String object = new String(frame, StandardCharsets.UTF_8);
            final String oneShot = kit.askOneShot(object);
            assertThat(oneShot == null || oneShot.endsWith(",\"auth\":{\"user\":\"\",\"password\":\"\"}}")).as(object).isTrue();
        }
        assertThat(confirmed).isGreaterThan(2000);
        assertThat(refused).isGreaterThan(2000);
    }

    private static byte[] change(final SplittableRandom random, final byte[] frame) {
        if (frame.length < 2) {
            return frame;
        }
        final int at = random.nextInt(frame.length);
        final int kind = random.nextInt(4);
        if (kind == 0) {
            final byte[] changed = frame.clone();
            changed[at] = random.nextBoolean() ? ODD[random.nextInt(ODD.length)] : (byte) random.nextInt(256);
            return changed;
        }
        final int end = at + random.nextInt(Math.min(12, frame.length - at));
        final byte[] piece = kind == 1 ? new byte[0] : kind == 2 ? new byte[] {ODD[random.nextInt(ODD.length)]}
            : Arrays.copyOfRange(frame, at, end);
        final int skipped = kind == 1 ? end - at : 0;
        final byte[] changed = new byte[frame.length - skipped + piece.length];
        System.arraycopy(frame, 0, changed, 0, at);
        System.arraycopy(piece, 0, changed, at, piece.length);
        System.arraycopy(frame, at + skipped, changed, at + piece.length, frame.length - at - skipped);
        return changed;
    }

    @Test
    void shouldKeepRepliesWithinWhatWasSaidForTheWorstNames() {
        final CodecKit kit = new CodecKit(new CodecSettings(new Limits(2, 10, 2, 1000, 1 << 20, 10), 64 << 10, Durability.MEMORY, Durability.SYNCED,
            "filesystem", "GMQ"));
        final String queue = "\"queue\":\"" + WORST_NAME + "\",\"id\":9007199254740991,";
        for (int i = 0; i < 3; i++) {
            kit.ask("{" + queue + "\"operation\":\"publish\",\"text\":\"a\",\"durability\":\"synced\"}");
        }
        assertThat(kit.ask("{" + queue + "\"operation\":\"publish\",\"text\":\"a\"}")).contains("queue_full");
        assertThat(kit.ask("{" + queue + "\"operation\":\"publish\",\"text\":\"01234567890\"}")).contains("message_too_large");
        assertThat(kit.ask("{" + queue + "\"operation\":\"ack\",\"message\":99}")).contains("not_leased");
        assertThat(kit.ask("{" + queue + "\"operation\":\"length\"}")).contains("\"length\":2");
        assertThat(kit.ask("{" + queue + "\"operation\":\"take\",\"max\":5}")).contains("\"messages\":[{");
        assertThat(kit.ask("{\"operation\":\"queues\",\"max\":1}")).contains("\\\"\\\"");
        final String other = "\"queue\":\"x" + WORST_NAME.substring(2) + "\",";
        final String unknown = other + "\"id\":9007199254740991,";
        for (final String rest : new String[] {
            "\"operation\":\"length\"", "\"operation\":\"take\"", "\"operation\":\"nack\",\"messages\":[1]", "\"operation\":\"S\""}) {
            assertThat(kit.ask("{" + unknown + rest + "}")).contains("no_such_queue");
        }
        for (final String rest : new String[] {"\"operation\":\"P\",\"text\":\"01234567890\"", "\"operation\":\"S\"", "\"operation\":\"L\""}) {
            assertThat(kit.askOneShot("{" + other + rest + "}")).endsWith("\"password\":\"\"}}");
        }
        kit.ask("{\"operation\":\"publish\",\"queue\":\"b\",\"text\":\"a\"}");
        assertThat(kit.ask("{" + unknown + "\"operation\":\"publish\",\"text\":\"a\"}")).contains("too_many_queues");
        assertThat(kit.ask("{" + unknown + "\"operation\":\"take\",\"wait_ms\":5}")).contains("too_many_queues");
    }

    @Test
    void shouldKeepRepliesWithinWhatWasSaidForTheWorstMessages() {
        final CodecKit kit = new CodecKit();
        final StringBuilder headers = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            headers.append(i == 0 ? "" : ",").append('"').append((char) ('A' + i % 26)).append(i).append("\":\"").append("\\u0001".repeat(125)).append('"');
        }
        final String worst = "{\"operation\":\"publish\",\"queue\":\"q\",\"priority\":9,\"text\":\"" + "\\u0001".repeat(1000) + "\",\"headers\":{"
            + headers + "}}";
        for (int i = 0; i < 30; i++) {
            assertThat(kit.ask(worst)).startsWith("{\"confirmation\":\"Y\"");
        }
        for (int max = 1; max <= 4; max++) {
            for (final String as : new String[] {"text", "payload"}) {
                assertThat(kit.ask("{\"operation\":\"take\",\"queue\":\"q\",\"details\":true,\"id\":9007199254740991,\"max\":" + max + ",\"as\":\"" + as
                    + "\"}")).contains("\"messages\":[{");
                assertThat(kit.ask("{\"operation\":\"nack\",\"queue\":\"q\",\"from\":0,\"to\":99}")).contains("\"nacked\":");
            }
        }
        assertThat(kit.ask("{\"operation\":\"S\",\"queue\":\"q\",\"as\":\"text\",\"details\":true}")).contains("\"headers\":{");
        assertThat(kit.longestReply()).isGreaterThan(CodecKit.SETTINGS.maxFrameLength() / 2);
    }

    @Test
    void shouldKeepRepliesWithinWhatWasSaidForManyShortMessages() {
        final CodecKit kit = new CodecKit();
        for (int i = 0; i < 2; i++) {
            kit.ask("{\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[" + "{\"text\":\"\",\"priority\":9},".repeat(999) + "{\"text\":\"\"}]}");
        }
        assertThat(kit.ask("{\"operation\":\"take\",\"queue\":\"q\",\"max\":1000,\"details\":true}")).contains("\"messages\":[{");
        final String missing = "9223372036854775807,".repeat(999) + "9223372036854775807";
        assertThat(kit.ask("{\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[" + missing + "],\"durability\":\"synced\"}")).contains("\"missing\":[");
    }
}
