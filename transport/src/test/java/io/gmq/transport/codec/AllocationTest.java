package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.core.Engine;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Requests that come all day make no garbage, from their frames to the frames that answer them. */
final class AllocationTest implements FrameSink {
    private static final int ROUNDS = 100_000;
    private static final int RECLAIM_EVERY = 64;
    /** What the measurement itself and a late compilation may take: less than a byte a request. */
    private static final long BYTES_MAX = 64 * 1024;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final long ASKER = 1;

    /** What is published in a round is taken or pushed, and settled, before it ends. */
    private final byte[][] round = Stream.of(
            "{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"" + "aGVsbG8h".repeat(25) + "\"}",
            "{\"id\":1,\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"" + "a text ".repeat(30) + "\",\"durability\":\"written\"}",
            "{\"id\":2,\"operation\":\"publish\",\"queue\":\"q\",\"priority\":5,\"text\":"
                + "\"Z\u00fcrich, \\\"\u4e16\u754c\\\"\\n\\u00e9 \ud83d\ude00\"}",
            "{\"operation\":\"publish\",\"queue\":\"q\",\"messages\":[{\"payload\":\"YQ==\"},{\"text\":\"b\",\"headers\":{\"a\":\"b\"}}]}",
            "{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"\",\"confirm\":\"last\",\"delay_ms\":0,\"ttl_ms\":60000}",
            "{\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"aGVsbG8h\"}",
            "{\"operation\":\"take\",\"queue\":\"q\",\"max\":5}",
            "{\"operation\":\"ack\",\"queue\":\"q\",\"from\":1,\"to\":9007199254740991}",
            "{\"operation\":\"S\",\"queue\":\"q\"}",
            "{\"operation\":\"take\",\"queue\":\"q\",\"lease_ms\":0,\"as\":\"text\",\"details\":true}",
            "{\"operation\":\"take\",\"queue\":\"q\"}",
            "{\"id\":3,\"operation\":\"publish\",\"queue\":\"pushed\",\"text\":\"to a consumer\"}",
            "{\"id\":4,\"operation\":\"ack\",\"queue\":\"pushed\",\"from\":1,\"to\":9007199254740991}",
            "{\"operation\":\"credit\",\"consumer\":1,\"credit\":1}",
            "{\"operation\":\"length\",\"queue\":\"q\"}",
            "{\"operation\":\"ping\"}")
        .map(frame -> frame.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    private final Engine engine = new Engine();
    private final JsonCommandDecoder decoder = new JsonCommandDecoder(CodecKit.SETTINGS);
    private final JsonEffectEncoder encoder = new JsonEffectEncoder(CodecKit.SETTINGS, engine.payloads(), this);
    private final UnsafeBuffer drained = new UnsafeBuffer(new byte[DrainedCommand.LENGTH]);
    private long sequence;
    private long frames;
    private long quiet;
    private long pushedBytes;

    @Override
    public void onReply(final ReplyTo to, final byte[] frame, final int length) {
        frames++;
    }

    @Override
    public void onPublished(final ReplyTo to, final byte[] frame, final int length) {
        onReply(to, frame, length);
    }

    @Override
    public void onQuiet(final ReplyTo to) {
        quiet++;
    }

    @Override
    public long takeConfirmed(final ReplyTo to) {
        final long count = quiet;
        quiet = 0;
        return count;
    }

    @Override
    public void onPush(final ReplyTo to, final byte[] frame, final int length, final long reckonedBytes) {
        pushedBytes += reckonedBytes;
        onReply(to, frame, length);
    }

    private void ask(final byte[] frame) {
        decoder.decode(frame, 0, frame.length, NOW_MS, ASKER);
        encoder.onCommand(decoder.buffer(), decoder.offset());
        engine.apply(sequence++, decoder.buffer(), decoder.offset(), decoder.length(), encoder);
        if (sequence % RECLAIM_EVERY == 0) {
            engine.reclaim(sequence - 1);
        }
    }

    private void rounds() {
        for (int i = 0; i < ROUNDS; i++) {
            for (final byte[] frame : round) {
                ask(frame);
            }
            reportPushes();
        }
    }

    /** What the host does when pushes have been sent. */
    private void reportPushes() {
        if (pushedBytes >= DrainedCommand.WINDOW / 2) {
            CommandHeader.write(drained, 0, CommandType.DRAINED, NOW_MS, ASKER);
            DrainedCommand.write(drained, 0, pushedBytes);
            pushedBytes = 0;
            engine.apply(sequence++, drained, 0, DrainedCommand.LENGTH, encoder);
        }
    }

    @Test
    void shouldNotAllocatePerRequest() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final UnsafeBuffer start = new UnsafeBuffer(new byte[CommandHeader.LENGTH + Limits.BODY_LENGTH]);
        CommandHeader.write(start, 0, CommandType.START, NOW_MS, CommandHeader.HOST);
        CodecKit.LIMITS.write(start, CommandHeader.LENGTH);
        engine.apply(sequence++, start, 0, start.capacity(), encoder);
        ask("{\"operation\":\"consume\",\"queue\":\"pushed\",\"credit\":10,\"as\":\"text\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(Arrays.stream(round)).allSatisfy(frame -> {
            ask(frame);
            assertThat(CommandHeader.type(decoder.buffer(), decoder.offset())).isNotEqualTo(CommandType.REJECT);
        });
        rounds();
        final long framesBefore = frames;
        final long id = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(id);
        rounds();
        final long allocated = threads.getThreadAllocatedBytes(id) - before;

        assertThat(frames - framesBefore).as("every request but one was answered, and one message pushed")
            .isEqualTo((long) round.length * ROUNDS);
        assertThat(engine.messages()).isZero();
        assertThat(allocated).as("bytes for %d requests", round.length * ROUNDS).isLessThan(BYTES_MAX);
    }
}
