package io.gmq.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.kit.RecordedEffects;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class EffectRoundTripTest {
    private static final CommandType[] SETTLINGS = {CommandType.ACK, CommandType.NACK, CommandType.EXTEND, CommandType.PARK};
    /** Stands for the payload of a message: its handle as text. */
    private static final Payloads HANDLES = (payload, view) -> {
        final byte[] text = Long.toString(payload).getBytes(StandardCharsets.US_ASCII);
        view.wrap(new UnsafeBuffer(text), 0, text.length, 0, payload ^ 5);
    };

    /** One random effect (a list with all that is in it), told to a sink. The same seed tells the same. */
    private static void tell(final SplittableRandom random, final EffectSink sink) {
        final ReplyTo to = to(random);
        switch (random.nextInt(16)) {
            case 0 -> {
                sink.beginMessages(to);
                for (int left = random.nextInt(5); left > 0; left--) {
                    sink.message(random.nextLong(), random.nextInt(), random.nextInt(10), random.nextLong());
                }
                sink.endMessages();
            }
            case 1 -> {
                sink.beginMessages(to);
                for (int left = random.nextInt(5); left > 0; left--) {
                    sink.peeked(random.nextLong(), random.nextInt(), random.nextInt(10), random.nextLong(),
                        MessageState.of((byte) random.nextInt(4)), random.nextBoolean() ? Payloads.NONE : random.nextLong());
                }
                sink.endMessages();
            }
            case 2 -> {
                final UnsafeBuffer name = name(random);
                sink.beginDelivery(to, random.nextLong(), name, 3, name.capacity() - 3);
                for (int left = random.nextInt(5); left > 0; left--) {
                    sink.message(random.nextLong(), random.nextInt(), random.nextInt(10), random.nextLong());
                }
                sink.endDelivery(random.nextLong());
            }
            case 3 -> sink.consuming(to, random.nextLong());
            case 4 -> sink.consumerEnded(to, random.nextLong());
            case 5 -> sink.counted(to, random.nextBoolean() ? CommandType.KICK : CommandType.PURGE, random.nextInt());
            case 6 -> sink.done(to);
            case 7 -> sink.length(to, random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
            case 8 -> sink.configured(to, settings(random));
            case 9 -> sink.described(to, settings(random), counts(random));
            case 10 -> {
                sink.beginQueues(to);
                for (int left = random.nextInt(5); left > 0; left--) {
                    final UnsafeBuffer name = name(random);
                    sink.queue(name, 3, name.capacity() - 3, counts(random));
                }
                sink.endQueues(random.nextBoolean());
            }
            case 11 -> {
                sink.beginAtomic(to);
                for (int left = random.nextInt(5); left > 0; left--) {
                    tellResult(random, sink);
                }
                sink.endAtomic();
            }
            case 12 -> {
                final UnsafeBuffer name = name(random);
                sink.refused(to, RefusalCode.of((byte) random.nextInt(RefusalCode.values().length)), name, 3, name.capacity() - 3,
                    random.nextInt(3) == 0 ? -1 : random.nextLong(), random.nextInt(3) == 0 ? -1 : random.nextLong(),
                    random.nextInt(3) == 0 ? random.nextInt(100) : -1);
            }
            case 13 -> sink.passed(to);
            default -> tellResult(random, sink);
        }
    }

    private static ReplyTo to(final SplittableRandom random) {
        return new ReplyTo().set(random.nextLong(), random.nextBoolean() ? -1 : random.nextLong(1L << 53), random.nextInt(256),
            Durability.of((byte) random.nextInt(Durability.values().length))).promised(random.nextInt());
    }

    /** What may also be the result of a step. */
    private static void tellResult(final SplittableRandom random, final EffectSink sink) {
        switch (random.nextInt(3)) {
            case 0 -> sink.published(to(random), random.nextLong(), random.nextInt(Integer.MAX_VALUE));
            case 1 -> sink.duplicate(to(random), random.nextLong(), random.nextInt(2) * random.nextInt());
            default -> {
                final long[] missing = random.longs(Limits.BATCH_MAX).toArray();
                final int missingCount = random.nextInt(4) == 0 ? random.nextInt(Limits.BATCH_MAX + 1) : random.nextInt(3);
                sink.settled(to(random), SETTLINGS[random.nextInt(SETTLINGS.length)], random.nextInt(Integer.MAX_VALUE), missing, missingCount);
            }
        }
    }

    private static QueueSettings settings(final SplittableRandom random) {
        final QueueSettings settings = new QueueSettings();
        for (final Setting setting : Setting.values()) {
            settings.set(setting, random.nextLong());
        }
        final UnsafeBuffer name = name(random);
        return settings.deadLetter(name, 3, random.nextBoolean() ? 0 : name.capacity() - 3);
    }

    private static QueueCounts counts(final SplittableRandom random) {
        final QueueCounts counts = new QueueCounts();
        for (final Count count : Count.values()) {
            counts.set(count, random.nextInt(4) == 0 ? Count.NONE : random.nextLong());
        }
        return counts;
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
            final QueueCounts counts = new QueueCounts();
            for (final Count count : Count.values()) {
                counts.set(count, i);
            }
            writer.queue(name, 0, name.capacity(), counts);
        }
        writer.endQueues(true);

        final RecordedEffects read = new RecordedEffects(HANDLES, new EffectText(true));
        new EffectReader().read(buffer, 0, writer.length(), read);
        assertThat(read.text().toString()).contains("r999 d999 l999 p999").endsWith("oldest_ready_ms=999] more");
    }

    @Test
    void shouldThrowForBytesThatAreNoEffects() {
        final UnsafeBuffer zeros = new UnsafeBuffer(new byte[64]);

        assertThatThrownBy(() -> new EffectReader().read(zeros, 0, 64, null)).isInstanceOf(IllegalStateException.class);
    }
}
