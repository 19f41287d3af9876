package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a client can mean, the command says: requests of all kinds, made up at random, decoded one after the other. */
final class CommandRoundTripTest {
    private static final Set<CommandType> OF_THE_HOST =
        EnumSet.of(CommandType.START, CommandType.CLOSE, CommandType.TICK, CommandType.DRAINED, CommandType.REJECT,
            CommandType.CHECKPOINT, CommandType.DIGEST, CommandType.STORAGE);
    private static final CodecSettings SETTINGS =
        new CodecSettings(CodecKit.LIMITS, 1 << 20, Durability.WRITTEN, Durability.SYNCED, "filesystem", "GMQ test");

    private final JsonCommandDecoder decoder = new JsonCommandDecoder(SETTINGS);

    private String decode(final String json, final long seed) {
        final byte[] frame = ("??" + json + "??").getBytes(StandardCharsets.UTF_8);
        decoder.decode(frame, 2, frame.length - 2, seed, seed + 1);
        final int offset = decoder.offset();
        if (CommandHeader.type(decoder.buffer(), offset) == CommandType.REJECT) {
            return new RejectCommand().wrap(decoder.buffer(), offset).text();
        }
        assertThat(CommandHeader.timestampMs(decoder.buffer(), offset)).isEqualTo(seed);
        assertThat(CommandHeader.connection(decoder.buffer(), offset)).isEqualTo(seed + 1);
        return CommandText.of(decoder.buffer(), offset);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatWasMeant(final Operation operation) {
        for (long seed = 0; seed < 2000; seed++) {
            final RandomRequest.Made made = RandomRequest.of(operation, new Random(seed));
            assertThat(decode(made.json(), seed)).as("seed %d: %s", seed, made.json()).isEqualTo(made.meaning());
        }
    }

    @Test
    void shouldSayWhatWasMeantWhateverCameBefore() {
        final Set<CommandType> met = EnumSet.noneOf(CommandType.class);
        for (long seed = 0; seed < 20_000; seed++) {
            final Random random = new Random(seed);
            final Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
            final RandomRequest.Made made = RandomRequest.of(operation, random);
            if (random.nextInt(4) == 0) {
                final int cut = random.nextInt(made.json().length());
                decode(made.json().substring(0, cut) + "}", seed);
            }
            assertThat(decode(made.json(), seed)).as("seed %d: %s", seed, made.json()).isEqualTo(made.meaning());
            met.add(CommandHeader.type(decoder.buffer(), decoder.offset()));
        }
        assertThat(met).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(OF_THE_HOST)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAllocateNothingForWhatIsGood(final Operation operation) {
        final byte[][] frames = new byte[64][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = RandomRequest.of(operation, new Random(i)).json().getBytes(StandardCharsets.UTF_8);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // The compiler allocates too, in this thread: the best round counts.
        for (int round = 0; round < 20; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (final byte[] frame : frames) {
                decoder.decode(frame, 0, frame.length, 1, 1);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(frames.length);
    }
}
