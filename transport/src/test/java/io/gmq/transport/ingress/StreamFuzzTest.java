package io.gmq.transport.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.tcp.ByteHandler;
import io.gmq.transport.tcp.TestConnections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes, in any pieces, with a ring that is full now and then: what comes of them is the same. In the build those of the corpus are
 * tried; how to look for others is in CONTRIBUTING.md.
 */
final class StreamFuzzTest {
    private static final CodecSettings SETTINGS = new CodecSettings(new Limits(100, 1000, 2000, 5000, 1 << 26, 1000), 64 << 10, Durability.MEMORY,
        Durability.SYNCED, "filesystem", "GMQ test");
    private static final int MAX_OUTBOUND_BYTES = 1 << 20;
    /** Begins each connection, since the one-shot form, which only the first object can have, depends on the pieces. */
    private static final byte[] FIRST = "{\"operation\":\"ping\"}\n".getBytes(StandardCharsets.UTF_8);

    static Stream<byte[]> seeds() {
        return Stream.of(
            "1{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"h\\u00e9\"}\r\n \n{\"operation\":\"ping\",\"id\":77}\n",
            "2{\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[1,2,3]}\nno json\n{\"operation\":\"hello\",\"version\":1}\n{",
            "3{\"operation\":\"S\",\"queue\":\"q\"}", "4\n\n\r\n\t\n", "")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "30m")
    void shouldReadTheSameHoweverTheBytesArrive(final byte[] input) throws IOException {
        final SplittableRandom random = new SplittableRandom(input.length == 0 ? 0 : input[0]);
        final byte[] bytes = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
        try (TestConnections connections = new TestConnections()) {
            final byte[] behindAnother = Arrays.copyOf(FIRST, FIRST.length + bytes.length);
            System.arraycopy(bytes, 0, behindAnother, FIRST.length, bytes.length);
            final List<String> whole = arrive(connections, behindAnother, null);
            for (int i = 0; i < 3; i++) {
                assertThat(arrive(connections, behindAnother, random)).isEqualTo(whole);
            }
            // And alone, where it may be one shot: something comes of it or nothing does.
            arrive(connections, bytes, random);
            arrive(connections, bytes, null);
        }
    }

    /** The commands that come of the bytes: of all at once, or in pieces of random lengths, each into a ring with random room. */
    private static List<String> arrive(final TestConnections connections, final byte[] bytes, final SplittableRandom random) {
        final RecordedCommands commands = new RecordedCommands();
        final ByteHandler reader = new Ingress(SETTINGS, MAX_OUTBOUND_BYTES, commands, () -> 1234, null).newHandler(connections.open(1));
        byte[] pending = {};
        int from = 0;
        do {
            final int to = random == null ? bytes.length : Math.min(bytes.length, from + 1 + random.nextInt(1 + random.nextInt(200)));
            final byte[] all = Arrays.copyOf(pending, pending.length + to - from);
            System.arraycopy(bytes, from, all, pending.length, to - from);
            commands.room = random == null ? Integer.MAX_VALUE : commands.commands.size() + random.nextInt(3);
            final boolean isLookedAt = random != null && random.nextBoolean();
            final boolean isOfUse = !isLookedAt || reader.isOfUse(new UnsafeBuffer(bytes), from, to, pending.length);
            pending = isOfUse ? taken(reader, all) : all;
            from = to;
        } while (from < bytes.length);
        commands.room = Integer.MAX_VALUE;
        taken(reader, pending);
        return commands.texts();
    }

    /** What is left of bytes when the reader has taken some. */
    private static byte[] taken(final ByteHandler reader, final byte[] bytes) {
        final int taken = reader.onBytes(bytes, 0, bytes.length);
        assertThat(taken).isBetween(0, bytes.length);
        return Arrays.copyOfRange(bytes, taken, bytes.length);
    }
}
