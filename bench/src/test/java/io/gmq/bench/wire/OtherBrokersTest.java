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
import io.gmq.bench.load.TallyKit;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the sides of other brokers' protocols send, and make of answers, however these are cut into reads. */
class OtherBrokersTest {
    private static final List<String> QUEUE = List.of("bench-0000000");
    private static final List<String> QUEUES = List.of("bench-0000000", "bench-0000001");
    private static final int BYTES = 60;
    private static final int SEEDS = 200;

    private static LoadPlan plan(final int batch) {
        return new LoadPlan(Topology.pair(), BYTES, batch, 64, 0, Pace.closed(Duration.ZERO, Duration.ofSeconds(1)), "bench");
    }

    private static String value(final int sequence) {
        return TallyKit.stamp(sequence) + new String(Filler.letters(BYTES), StandardCharsets.US_ASCII).substring(24);
    }

    private static Random random(final int seed) {
        return seed == 0 ? null : new Random(seed);
    }

    /** The frame as it is sent: with stamps filled in. */
    private static String sent(final Wire wire, final int batch) {
        final PublishFrame frame = wire.publisher(plan(batch), QUEUE).frame();
        final byte[] bytes = frame.bytes().clone();
        for (int i = 0; i < batch; i++) {
            System.arraycopy(Scan.ascii(TallyKit.stamp(i)), 0, bytes, frame.stampAt() + i * frame.stampStride(), 24);
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    // ---- NATS ----

    private static String nats(final int sequence) {
        return "MSG bench-0000000 1 60\r\n" + value(sequence) + "\r\n";
    }

    @Test
    void shouldPublishToNats() {
        assertThat(sent(new NatsWire(), 1)).isEqualTo("PUB bench-0000000 60\r\n" + value(0) + "\r\n");
        assertThat(sent(new NatsWire(), 2)).isEqualTo("PUB bench-0000000 60\r\n" + value(0) + "\r\nPUB bench-0000000 60\r\n" + value(1)
            + "\r\n");
        final PublishFrame frame = new NatsWire().publisher(plan(1), QUEUES).frame();
        assertThat(new String(frame.bytes(), frame.queueAt(), 8, StandardCharsets.US_ASCII)).isEqualTo("-0000000");
        assertThat(new NatsWire().publisher(plan(1), QUEUE).isConfirming()).isFalse();
    }

    @Test
    void shouldWaitUntilNatsHasUnderstood() {
        for (int seed = 0; seed < SEEDS; seed++) {
            final PublishSide side = new NatsWire().publisher(plan(1), QUEUE);
            SidesTest.read(side, new TallyKit(), "INFO {\"server_id\":\"X\"}\r\nPING\r\n", random(seed));
            assertThat(side.isOpen()).isFalse();
            SidesTest.read(side, new TallyKit(), "PONG\r\n", random(seed));
            assertThat(side.isOpen()).isTrue();
        }
    }

    @Test
    void shouldReadMessagesOfNatsAndAnswerItsPings() {
        for (int seed = 0; seed < SEEDS; seed++) {
            final TallyKit its = new TallyKit();
            final ConsumeSide side = new NatsWire().consumer(plan(1), QUEUE);
            assertThat(new String(side.opening(), StandardCharsets.US_ASCII)).endsWith("SUB bench-0000000 1\r\nPING\r\n");
            SidesTest.read(side, its, "INFO {}\r\nPONG\r\n", random(seed));
            assertThat(side.isOpen()).isTrue();
            SidesTest.read(side, its, nats(0) + nats(1) + "PING\r\n" + nats(2), random(seed));
            assertThat(its.delivered()).as("seed %d", seed).isEqualTo(3);
            assertThat(its.missing(3)).isZero();
            assertThat(its.repeats()).isZero();
            final Output out = new Output(64);
            side.write(out, 0);
            assertThat(TallyKit.text(out)).isEqualTo("PONG\r\n");
        }
    }

    @Test
    void shouldEndWithTheWordsOfNats() {
        assertThatThrownBy(() -> SidesTest.read(new NatsWire().consumer(plan(1), QUEUE), new TallyKit(),
            "-ERR 'Maximum Payload Violation'\r\n", null))
            .isInstanceOf(LoadException.class).hasMessageContaining("Maximum Payload Violation");
    }

    // ---- beanstalkd ----

    @Test
    void shouldPutIntoBeanstalkd() {
        assertThat(sent(new BeanstalkWire(), 1)).isEqualTo("put 1 0 3600 60\r\n" + value(0) + "\r\n");
        for (int seed = 0; seed < SEEDS; seed++) {
            final TallyKit its = new TallyKit();
            final PublishSide side = new BeanstalkWire().publisher(plan(1), QUEUE);
            assertThat(side.isOpen()).isFalse();
            SidesTest.read(side, its, "USING bench-0000000\r\nINSERTED 1\r\nINSERTED 22\r\nINSERTED 333\r\n", random(seed));
            assertThat(side.isOpen()).isTrue();
            assertThat(its.confirmedFrames()).as("seed %d", seed).isEqualTo(3);
        }
    }

    @Test
    void shouldReserveWhatIsThereAndDeleteWhatHasCome() {
        for (int seed = 0; seed < SEEDS; seed++) {
            final TallyKit its = new TallyKit();
            final ConsumeSide side = new BeanstalkWire().consumer(plan(1), QUEUE);
            final Output out = new Output(64);
            SidesTest.read(side, its, "WATCHING 2\r\nWATCHING 1\r\n", random(seed));
            assertThat(side.isOpen()).isTrue();
            side.write(out, 2);
            assertThat(TallyKit.text(out)).isEqualTo("reserve-with-timeout 0\r\n".repeat(2));
            SidesTest.read(side, its, "RESERVED 17 60\r\n" + value(0) + "\r\nTIMED_OUT\r\n", random(seed));
            assertThat(its.delivered()).as("seed %d", seed).isEqualTo(1);
            assertThat(its.empty()).isEqualTo(1);
            side.write(out, 1);
            assertThat(TallyKit.text(out)).isEqualTo("delete 17\r\nreserve-with-timeout 0\r\n");
            SidesTest.read(side, its, "DELETED\r\nRESERVED 18 60\r\n" + value(1) + "\r\n", random(seed));
            assertThat(its.settled()).isEqualTo(1);
            assertThat(its.missing(2)).isZero();
        }
    }

    @Test
    void shouldEndWithTheWordsOfBeanstalkd() {
        final PublishSide side = new BeanstalkWire().publisher(plan(1), QUEUE);
        assertThatThrownBy(() -> SidesTest.read(side, new TallyKit(), "JOB_TOO_BIG\r\n", null))
            .isInstanceOf(LoadException.class).hasMessageContaining("JOB_TOO_BIG");
        assertThatThrownBy(() -> SidesTest.read(new BeanstalkWire().consumer(plan(1), QUEUE), new TallyKit(), "NOT_FOUND\r\n", null))
            .isInstanceOf(LoadException.class).hasMessageContaining("NOT_FOUND");
    }

    // ---- Redis, many at a time ----

    @Test
    void shouldPopFromAListAsManyAsThereAre() {
        for (int seed = 0; seed < SEEDS; seed++) {
            final TallyKit its = new TallyKit();
            final ConsumeSide side = new RespWire(true).consumer(plan(1), QUEUE);
            final Output out = new Output(64);
            side.write(out, 12);
            assertThat(TallyKit.text(out)).isEqualTo("*3\r\n$4\r\nRPOP\r\n$13\r\nbench-0000000\r\n$2\r\n12\r\n");
            side.write(out, 12);
            assertThat(out.length()).as("nothing is asked for twice").isZero();
            SidesTest.read(side, its, "*2\r\n$60\r\n" + value(0) + "\r\n$60\r\n" + value(1) + "\r\n", random(seed));
            assertThat(its.delivered()).as("seed %d", seed).isEqualTo(2);
            side.write(out, 3);
            assertThat(TallyKit.text(out)).endsWith("$1\r\n3\r\n");
            SidesTest.read(side, its, "*-1\r\n", random(seed));
            assertThat(its.empty()).isEqualTo(1);
            side.write(out, 3);
            assertThat(TallyKit.text(out)).endsWith("$1\r\n3\r\n");
        }
    }
}
