package io.gmq.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class IngressArenaTest {
    private static final int CAPACITY = 1 << 16;
    private static final int LENGTH = 5000;

    private final IngressArena arena = new IngressArena(CAPACITY);

    private int put(final int length, final byte filler) {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[length]);
        command.setMemory(0, length, filler);
        final int at = arena.put(command, 0, length);
        if (at >= 0) {
            arena.commit();
        }
        return at;
    }

    @Test
    void shouldPutACommandWhereTheFirstOneWasWhenAllHaveGone() {
        final int first = put(LENGTH, (byte) 1);
        put(LENGTH, (byte) 2);
        final long end = arena.end();
        arena.beginAnewIfEmpty();
        assertThat(put(LENGTH, (byte) 3)).isNotEqualTo(first);
        arena.release(end);
        arena.beginAnewIfEmpty();
        assertThat(put(LENGTH, (byte) 4)).isNotEqualTo(first);
        arena.release(arena.end());
        arena.beginAnewIfEmpty();
        assertThat(put(LENGTH, (byte) 5)).isEqualTo(first);
    }

    @Test
    void shouldNeverPutACommandWhereOneStillLies() {
        record Lying(int at, int length, byte filler, long end) {
        }

        final SplittableRandom random = new SplittableRandom(11);
        final ArrayDeque<Lying> lying = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            final int length = 1 + random.nextInt(random.nextInt(4) == 0 ? CAPACITY / 2 : 6000);
            final byte filler = (byte) i;
            if (random.nextBoolean()) {
                arena.beginAnewIfEmpty();
            }
            final int at = put(length, filler);
            if (at >= 0) {
                lying.add(new Lying(at, length, filler, arena.end()));
            } else {
                refused++;
                assertThat(lying).isNotEmpty();
            }
            for (int gone = at < 0 ? 1 : random.nextInt(4); gone > 0 && !lying.isEmpty(); gone--) {
                final Lying first = lying.poll();
                for (int offset = 0; offset < first.length; offset++) {
                    if (arena.buffer().getByte(first.at + offset) != first.filler) {
                        throw new AssertionError("overwritten at " + (first.at + offset) + " in step " + i);
                    }
                }
                arena.release(first.end);
            }
        }
        assertThat(refused).isPositive();
    }
}
