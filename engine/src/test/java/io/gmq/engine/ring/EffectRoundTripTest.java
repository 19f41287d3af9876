package io.gmq.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.kit.RecordedEffects;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class EffectRoundTripTest {
    private static final CommandType[] SETTLINGS = {CommandType.ACK, CommandType.NACK, CommandType.EXTEND};
    /** Stands for the payload of a message: its handle as text. */
    private static final Payloads HANDLES = (payload, view) -> {
        final byte[] text = Long.toString(payload).getBytes(StandardCharsets.US_ASCII);
        view.wrap(new UnsafeBuffer(text), 0, text.length, 0);
    };

    /** One random effect (a list with all that is in it), told to a sink. The same seed tells the same. */
    private static void tell(final SplittableRandom random, final EffectSink sink) {
        final ReplyTo to = new ReplyTo().set(random.nextLong(), random.nextBoolean() ? -1 : random.nextLong(1L << 53), random.nextInt(256),
            Durability.of((byte) random.nextInt(Durability.values().length)));
        switch (random.nextInt(7)) {
            case 0 -> sink.published(to, random.nextLong(), random.nextInt(Integer.MAX_VALUE));
            case 1 -> {
                sink.beginMessages(to);
                for (int left = random.nextInt(5); left > 0; left--) {
                    sink.message(random.nextLong(), random.nextInt(), random.nextInt(10), random.nextLong(), random.nextLong());
                }
                sink.endMessages();
            }
            case 2 -> {
                final long[] missing = random.longs(Limits.BATCH_MAX).toArray();
                final int missingCount = random.nextInt(4) == 0 ? random.nextInt(Limits.BATCH_MAX + 1) : random.nextInt(3);
                sink.settled(to, SETTLINGS[random.nextInt(3)], random.nextInt(Integer.MAX_VALUE), missing, missingCount);
            }
            case 3 -> sink.length(to, random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
            case 4 -> {
                sink.beginQueues(to);
                for (int left = random.nextInt(5); left > 0; left--) {
                    final UnsafeBuffer name = name(random);
                    sink.queue(name, 3, name.capacity() - 3, random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
                }
                sink.endQueues(random.nextBoolean());
            }
            case 5 -> {
                final UnsafeBuffer name = name(random);
                sink.refused(to, RefusalCode.of((byte) random.nextInt(RefusalCode.values().length)), name, 3, name.capacity() - 3,
                    random.nextInt(3) == 0 ? -1 : random.nextLong(), random.nextInt(3) == 0 ? -1 : random.nextLong());
            }
            default -> sink.passed(to);
        }
    }

    /** A name, three bytes into a buffer. */
    private static UnsafeBuffer name(final SplittableRandom random) {
        final byte[] bytes = new byte[3 + random.nextInt(256)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (' ' + random.nextInt(90));
        }
        return new UnsafeBuffer(bytes);
    }

    @Test
    void shouldReadWhatWasWritten() {
        final RecordedEffects told = new RecordedEffects(HANDLES, new EffectText(true));
        final RecordedEffects read = new RecordedEffects(HANDLES, new EffectText(true));
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1 << 16);
        final EffectWriter writer = new EffectWriter(buffer);
        final EffectReader reader = new EffectReader();
        for (int seed = 0; seed < 20_000; seed++) {
            told.text().clear();
            read.text().clear();
            final int from = 8 * (seed % 5);
            final int effects = seed % 4;
            writer.begin(from);
            for (int i = 0; i < effects; i++) {
                tell(new SplittableRandom(seed * 31L + i), told);
                tell(new SplittableRandom(seed * 31L + i), writer);
            }
            reader.read(buffer, from, writer.length(), read);

            assertThat(read.text().isEqual(told.text())).as("seed %d\n%s\n%s", seed, told.text(), read.text()).isTrue();
        }
    }

    @Test
    void shouldKeepTheLongestListWithinWhatOneCommandMayWrite() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EffectLog.COMMAND_LENGTH_MAX]);
        final EffectWriter writer = new EffectWriter(buffer);
        final UnsafeBuffer name = new UnsafeBuffer("n".repeat(Limits.NAME_LENGTH_MAX).getBytes(StandardCharsets.US_ASCII));
        writer.begin(0);
        writer.beginQueues(new ReplyTo());
        for (int i = 0; i < Limits.BATCH_MAX; i++) {
            writer.queue(name, 0, name.capacity(), i, i, i, i);
        }
        writer.endQueues(true);

        final RecordedEffects read = new RecordedEffects(HANDLES, new EffectText(true));
        new EffectReader().read(buffer, 0, writer.length(), read);
        assertThat(read.text().toString()).endsWith("r999 d999 l999 p999] more");
    }

    @Test
    void shouldThrowForBytesThatAreNoEffects() {
        final UnsafeBuffer zeros = new UnsafeBuffer(new byte[64]);

        assertThatThrownBy(() -> new EffectReader().read(zeros, 0, 64, null)).isInstanceOf(IllegalStateException.class);
    }
}
