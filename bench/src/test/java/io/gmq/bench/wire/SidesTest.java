package io.gmq.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadException;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Output;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.PublishFrame;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Side;
import io.gmq.bench.load.TallyKit;
import io.gmq.bench.load.Topology;
import io.gmq.bench.wire.GmqOptions.Form;
import io.gmq.bench.wire.GmqOptions.Way;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sides make of replies, however these are cut into reads. */
class SidesTest {
    private static final List<String> QUEUE = List.of("bench-0000000");
    private static final List<String> QUEUES = List.of("bench-0000000", "bench-0000001");
    private static final String HELLO = "{\"confirmation\":\"Y\",\"version\":1,\"software\":\"gmq 0.1.0\",\"durability\":\"synced\","
        + "\"storage\":\"filesystem\",\"limits\":{\"max_queue_number\":4096,\"max_message_length\":40960,\"max_queue_capacity\":4096}}\n";
    private static final int BYTES = 60;

    private final TallyKit kit = new TallyKit();

    private static LoadPlan plan(final int batch) {
        return new LoadPlan(Topology.pair(), BYTES, batch, 64, 0, Pace.closed(Duration.ZERO, Duration.ofSeconds(1)), "bench");
    }

    private static GmqWire gmq(final Form form, final Way way) {
        return new GmqWire(new GmqOptions("", form, way, 100));
    }

    private void feed(final Side side, final String text, final Random lengths) {
        read(side, kit, text, lengths);
    }

    /** Feeds the text in reads of random lengths; what is not consumed comes again, with more behind it. */
    static void read(final Side side, final TallyKit its, final String text, final Random lengths) {
        final byte[] all = text.getBytes(StandardCharsets.US_ASCII);
        int consumed = 0;
        int read = 0;
        while (read < all.length) {
            read = Math.min(all.length, read + (lengths == null ? all.length : 1 + lengths.nextInt(40)));
            final UnsafeBuffer in = new UnsafeBuffer(new byte[read - consumed + 64]);
            in.putBytes(0, all, consumed, read - consumed);
            consumed += side.read(in, 0, read - consumed, its.tally());
        }
        assertThat(consumed).as("all is consumed").isEqualTo(all.length);
    }

    private static String message(final Form form, final long id, final int sequence, final String more) {
        final String letters = new String(Filler.letters(BYTES), StandardCharsets.US_ASCII);
        final String value = form == Form.TEXT ? letters : java.util.Base64.getEncoder().encodeToString(Scan.ascii(letters));
        return "{\"message\":" + id + ",\"" + form.member() + "\":\"" + TallyKit.stamp(sequence) + value.substring(24) + "\"" + more + "}";
    }

    @Test
    void shouldCountConfirmationsOfAnyLength() {
        for (int seed = 0; seed < 200; seed++) {
            final PublishSide side = gmq(Form.TEXT, Way.PUSH).publisher(plan(1), QUEUE);
            final long before = kit.confirmedFrames();
            feed(side, HELLO, new Random(seed));
            assertThat(side.isOpen()).isTrue();
            assertThat(side.capacity()).isEqualTo(4096);
            final StringBuilder replies = new StringBuilder();
            for (final long id : List.of(1L, 9L, 10L, 99_999_999_999L, 7L, 8L, 123L)) {
                replies.append("{\"confirmation\":\"Y\",\"message\":").append(id).append("}\n");
                replies.append("{\"confirmation\":\"Y\",\"message\":").append(id).append(",\"durability\":\"synced\"}\n");
            }
            feed(side, replies.toString(), new Random(seed));
            assertThat(kit.confirmedFrames() - before).as("seed %d", seed).isEqualTo(14);
        }
    }

    @Test
    void shouldEndWithTheBrokersWordsWhereItRefuses() {
        final PublishSide side = gmq(Form.TEXT, Way.PUSH).publisher(plan(1), QUEUE);
        feed(side, HELLO + "{\"confirmation\":\"Y\",\"message\":1}\n", null);
        assertThatThrownBy(() -> feed(side, "{\"confirmation\":\"N\",\"error\":{\"code\":\"queue_full\",\"message\":\"no room\"}}\n", null))
            .isInstanceOf(LoadException.class).hasMessageContaining("queue_full").hasMessageContaining("no room");
    }

    @Test
    void shouldNotTakeAnotherReplyForAConfirmation() {
        final PublishSide side = gmq(Form.TEXT, Way.PUSH).publisher(plan(4), QUEUE);
        feed(side, HELLO + "{\"confirmation\":\"Y\",\"first\":1,\"count\":4}\n", null);
        assertThatThrownBy(() -> feed(side, "{\"confirmation\":\"Y\",\"message\":1000000}\n", null)).isInstanceOf(LoadException.class);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void shouldReadPushedMessages(final Form form) {
        for (int seed = 0; seed < 300; seed++) {
            final TallyKit its = new TallyKit();
            final ConsumeSide side = gmq(form, Way.PUSH).consumer(plan(1), QUEUE);
            final Output out = new Output(64);
            final Random random = seed == 0 ? null : new Random(seed);
            read(side, its, HELLO + "{\"confirmation\":\"Y\",\"consumer\":3}\n", random);
            assertThat(side.isOpen()).isTrue();
            final String push = "{\"consumer\":3,\"queue\":\"bench-0000000\",\"messages\":[";
            read(side, its, push + message(form, 9, 0, "") + "," + message(form, 10, 1, "") + "," + message(form, 11, 2, ",\"attempt\":2")
                + "]}\n" + push + message(form, 12, 3, ",\"attempt\":2,\"priority\":5") + "]}\n", random);
            side.write(out, 0);
            read(side, its, "{\"confirmation\":\"Y\",\"acked\":3}\n" + push + message(form, 100_000, 4, "") + "]}\n{\"confirmation\":\"Y\",\"acked\":2}\n",
                random);
            assertThat(its.delivered()).isEqualTo(5);
            assertThat(its.missing(5)).isZero();
            assertThat(its.repeats()).isZero();
            assertThat(its.settled()).isEqualTo(5);
            if (seed == 0) {
                assertThat(TallyKit.text(out)).isEqualTo("{\"operation\":\"ack\",\"queue\":\"bench-0000000\",\"from\":9,\"to\":12}\n");
            }
        }
    }

    @Test
    void shouldSettleByQueueWhereThereAreSeveral() {
        final ConsumeSide side = gmq(Form.TEXT, Way.PUSH).consumer(plan(1), QUEUES);
        feed(side, HELLO + "{\"confirmation\":\"Y\",\"consumer\":1}\n{\"confirmation\":\"Y\",\"consumer\":2}\n", null);
        feed(side, "{\"consumer\":2,\"queue\":\"bench-0000001\",\"messages\":[" + message(Form.TEXT, 8, 1, "") + "]}\n"
            + "{\"consumer\":1,\"queue\":\"bench-0000000\",\"messages\":[" + message(Form.TEXT, 7, 0, "") + "]}\n", null);
        final Output out = new Output(64);
        side.write(out, 0);
        assertThat(TallyKit.text(out)).isEqualTo("{\"operation\":\"ack\",\"queue\":\"bench-0000001\",\"from\":8,\"to\":8}\n"
            + "{\"operation\":\"ack\",\"queue\":\"bench-0000000\",\"from\":7,\"to\":7}\n");
        assertThat(kit.missing(2)).isZero();
    }

    @Test
    void shouldTakeAgainAfterEachReply() {
        final ConsumeSide side = gmq(Form.TEXT, Way.TAKE).consumer(plan(1), QUEUES);
        feed(side, HELLO, null);
        final Output out = new Output(64);
        side.write(out, 0);
        assertThat(TallyKit.text(out).split("\n")).hasSize(4).allMatch(take -> take.contains("\"max\":100"));
        feed(side, "{\"id\":1,\"confirmation\":\"Y\",\"messages\":[]}\n{\"id\":0,\"confirmation\":\"Y\",\"messages\":["
            + message(Form.TEXT, 7, 0, "") + "]}\n", new Random(5));
        side.write(out, 0);
        assertThat(TallyKit.text(out).split("\n")).hasSize(3)
            .satisfies(lines -> assertThat(lines[0]).contains("ack", "bench-0000000"))
            .satisfies(lines -> assertThat(lines[2]).contains("\"id\":1", "take", "bench-0000001"));
        assertThat(kit.empty()).isEqualTo(1);
        assertThat(kit.delivered()).isEqualTo(1);
    }

    @Test
    void shouldTakeAndSettleOneByOneWhatIsThere() {
        final ConsumeSide side = gmq(Form.TEXT, Way.SINGLE).consumer(plan(1), QUEUE);
        feed(side, HELLO + "{\"confirmation\":\"Y\",\"capacity\":4096,\"lease_ms\":30000}\n", null);
        final Output out = new Output(64);
        side.write(out, 2);
        assertThat(TallyKit.text(out).split("\n")).hasSize(2).allMatch(take -> take.contains("\"max\":1,"));
        feed(side, "{\"confirmation\":\"Y\",\"messages\":[" + message(Form.TEXT, 5, 0, "") + "]}\n", null);
        side.write(out, 1);
        assertThat(TallyKit.text(out)).isEqualTo("{\"operation\":\"ack\",\"queue\":\"bench-0000000\",\"message\":5}\n");
    }

    @Test
    void shouldReadListsOfRedis() {
        final String value = TallyKit.stamp(0) + new String(Filler.letters(BYTES), StandardCharsets.US_ASCII).substring(24);
        for (int seed = 0; seed < 100; seed++) {
            final TallyKit its = new TallyKit();
            final ConsumeSide side = new RespWire().consumer(plan(1), QUEUE);
            final Output out = new Output(64);
            side.write(out, 3);
            assertThat(TallyKit.text(out)).isEqualTo("*2\r\n$4\r\nRPOP\r\n$13\r\nbench-0000000\r\n".repeat(3));
            read(side, its, "$-1\r\n$60\r\n" + value + "\r\n$-1\r\n", new Random(seed));
            assertThat(its.delivered()).isEqualTo(1);
            assertThat(its.empty()).isEqualTo(2);
            side.write(out, 2);
            assertThat(TallyKit.text(out).split("RPOP")).as("empty answers are asked for again").hasSize(3);
        }
        final PublishSide side = new RespWire().publisher(plan(1), QUEUE);
        feed(side, ":1\r\n:22\r\n:333\r\n", new Random(2));
        assertThat(kit.confirmedFrames()).isEqualTo(3);
        assertThatThrownBy(() -> feed(side, "-OOM command not allowed\r\n", null)).hasMessageContaining("OOM command not allowed");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void shouldLeaveRoomForStampsAndQueues(final Form form) {
        for (final int batch : new int[] {1, 3}) {
            final PublishFrame frame = gmq(form, Way.PUSH).publisher(plan(batch), QUEUES).frame();
            final byte[] bytes = frame.bytes().clone();
            for (int i = 0; i < batch; i++) {
                System.arraycopy(Scan.ascii(TallyKit.stamp(i)), 0, bytes, frame.stampAt() + i * frame.stampStride(), 24);
            }
            System.arraycopy(Scan.ascii("-0000001"), 0, bytes, frame.queueAt(), 8);
            final String text = new String(bytes, StandardCharsets.US_ASCII);
            assertThat(text).startsWith("{\"operation\":\"publish\",\"queue\":\"bench-0000001\",").endsWith("}\n");
            assertThat(text.split("\"" + form.member() + "\":\"")).hasSize(batch + 1);
            for (int i = 0; i < batch; i++) {
                assertThat(text).contains("\"" + form.member() + "\":\"" + TallyKit.stamp(i));
            }
        }
    }
}
