package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Payloads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class SlabTest {
    private static final int CHUNK_LENGTH = 1 << 20;
    private static final int HEADER_LENGTH = 16;
    private static final long PUBLISHED_MS = 1_700_000_000_000L;

    private final Slab slab = new Slab();
    private final Payloads.View view = new Payloads.View();

    private long put(final int length) {
        return slab.put(new UnsafeBuffer(new byte[length]), 0, length, 0, PUBLISHED_MS);
    }

    private static int chunk(final long handle) {
        return (int) (handle >>> 20);
    }

    @Test
    void shouldCutClassesThatWasteAtMostANinth() {
        int previous = 0;
        for (int length = 1; length <= CHUNK_LENGTH / 4; length++) {
            final int sizeClass = Slab.classOf(length);
            final int block = Slab.lengthOf(sizeClass);
            assertThat(sizeClass).isBetween(previous, previous + 1);
            assertThat(block).isGreaterThanOrEqualTo(length);
            assertThat(block & 7).isZero();
            if (length > 32) {
                assertThat((block - length) * (length > 64 ? 9L : 5L)).as("length %d in %d", length, block).isLessThan(block);
                assertThat(Slab.lengthOf(sizeClass - 1)).as("the class below is too small").isLessThan(length);
            }
            previous = sizeClass;
        }
        assertThat(List.of(Slab.lengthOf(0), Slab.lengthOf(1), Slab.lengthOf(4), Slab.lengthOf(5), Slab.lengthOf(12), Slab.lengthOf(13)))
            .containsExactly(32, 40, 64, 72, 128, 144);
    }

    @Test
    void shouldGiveBackWhatWasPut() {
        final byte[] bytes = {9, 1, 2, 3, 4, 5, 9};
        final long handle = slab.put(new UnsafeBuffer(bytes), 1, 3, 2, PUBLISHED_MS);
        slab.view(handle, view);

        assertThat(view.payloadLength()).isEqualTo(3);
        assertThat(view.headersLength()).isEqualTo(2);
        assertThat(view.headersOffset()).isEqualTo(view.payloadOffset() + 3);
        assertThat(view.buffer().getByte(view.payloadOffset())).isEqualTo((byte) 1);
        assertThat(view.buffer().getByte(view.headersOffset() + 1)).isEqualTo((byte) 5);
        assertThat(view.publishedMs()).isEqualTo(PUBLISHED_MS);
        assertThat(slab.length(handle)).isEqualTo(5);
    }

    @Test
    void shouldKeepABlockUntilItsLastUserHasFreedIt() {
        final long shared = put(20);
        slab.share(shared);
        slab.share(shared);

        assertThat(slab.free(shared, 1)).isFalse();
        assertThat(slab.free(shared, 2)).isFalse();
        slab.reclaim(2);
        assertThat(put(20)).isNotEqualTo(shared);
        slab.view(shared, view);
        assertThat(view.payloadLength()).isEqualTo(20);
        assertThat(slab.free(shared, 3)).isTrue();
        slab.reclaim(3);
        assertThat(put(20)).isEqualTo(shared);
    }

    @Test
    void shouldCopyAPayloadToOtherHeaders() {
        final byte[] bytes = {1, 2, 3, 4, 5};
        final long original = slab.put(new UnsafeBuffer(bytes), 0, 3, 2, PUBLISHED_MS);
        final long copy = slab.copy(original, new UnsafeBuffer(new byte[] {7, 8, 9}), 2, PUBLISHED_MS + 1);

        slab.view(copy, view);
        assertThat(view.payloadLength()).isEqualTo(3);
        assertThat(view.headersLength()).isEqualTo(2);
        assertThat(view.publishedMs()).isEqualTo(PUBLISHED_MS + 1);
        final byte[] read = new byte[5];
        view.buffer().getBytes(view.payloadOffset(), read);
        assertThat(read).containsExactly(1, 2, 3, 7, 8);
    }

    @Test
    void shouldHoldTheLongestMessageWithTheMostHeadersAndUsers() {
        final int payload = 16 << 20;
        final long handle = slab.put(new UnsafeBuffer(new byte[payload + 4736]), 0, payload, 4736, Long.MAX_VALUE);
        for (int i = 1; i < 1 << 20; i++) {
            slab.share(handle);
        }
        slab.view(handle, view);
        assertThat(view.payloadLength()).isEqualTo(payload);
        assertThat(view.headersLength()).isEqualTo(4736);
        for (int i = 1; i < 1 << 20; i++) {
            assertThat(slab.free(handle, 1)).isFalse();
        }
        assertThat(slab.free(handle, 1)).isTrue();
    }

    @Test
    void shouldNotUseAFreedBlockAgainBeforeItIsReclaimed() {
        final long first = put(20);
        slab.free(first, 7);
        assertThat(put(20)).isNotEqualTo(first);
        slab.reclaim(6);
        assertThat(put(20)).isNotEqualTo(first);
        slab.reclaim(7);
        assertThat(put(20)).isEqualTo(first);
    }

    @Test
    void shouldReclaimOnlyUpToTheSequence() {
        final long first = put(20);
        final long second = put(20);
        slab.free(first, 1);
        slab.free(second, 2);
        slab.reclaim(1);

        assertThat(put(20)).isEqualTo(first);
        assertThat(put(20)).isNotEqualTo(second);
    }

    @Test
    void shouldGiveALargeBlockAChunkOfItsOwn() {
        final long largest = put(CHUNK_LENGTH / 2 - HEADER_LENGTH);
        final long own = put(CHUNK_LENGTH / 2 - HEADER_LENGTH + 1);
        final long huge = put(16 << 20);

        assertThat(List.of(chunk(largest), chunk(own), chunk(huge))).doesNotHaveDuplicates();
        slab.view(huge, view);
        assertThat(view.buffer().capacity()).isGreaterThanOrEqualTo(16 << 20);
        slab.free(own, 1);
        slab.view(own, view);
        assertThat(view.payloadLength()).as("still readable").isEqualTo(CHUNK_LENGTH / 2 - HEADER_LENGTH + 1);
        slab.reclaim(1);
        assertThat(chunk(put(CHUNK_LENGTH))).as("its place is used again").isEqualTo(chunk(own));
    }

    @Test
    void shouldUseAnIdleChunkAgainForAnotherClass() {
        final List<Long> small = new ArrayList<>();
        for (int i = 0; i < CHUNK_LENGTH / 32 * 3; i++) {
            small.add(put(16));
        }
        assertThat(small.stream().map(SlabTest::chunk).distinct()).containsExactly(0, 1, 2);
        small.forEach(handle -> slab.free(handle, 1));
        slab.reclaim(1);

        final Set<Integer> chunks = new HashSet<>();
        for (int i = 0; i < CHUNK_LENGTH / 1024 * 3; i++) {
            chunks.add(chunk(put(1024 - HEADER_LENGTH)));
        }
        assertThat(chunks).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void shouldUseAllFreedBlocksAgainBeforeItCutsNewOnes() {
        final Set<Long> freed = new HashSet<>();
        put(20);
        for (int i = 0; i < 1000; i++) {
            freed.add(put(20));
        }
        freed.forEach(handle -> slab.free(handle, 1));
        slab.reclaim(1);

        final Set<Long> used = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            used.add(put(20));
        }
        assertThat(used).isEqualTo(freed);
    }

    @Test
    void shouldNotGrowWhereAsMuchIsFreedAsIsPut() {
        for (int i = 0; i < 200_000; i++) {
            final long handle = put(100);
            assertThat(chunk(handle)).isZero();
            slab.free(handle, i);
            slab.reclaim(i);
        }
    }

    @Test
    void shouldNeverMixUpBlocks() {
        final SplittableRandom random = new SplittableRandom(11);
        final Map<Long, Integer> held = new HashMap<>();
        final List<Long> handles = new ArrayList<>();
        for (int i = 1; i < 60_000; i++) {
            if (handles.isEmpty() || random.nextInt(100) < (i / 10_000 % 2 == 0 ? 70 : 30)) {
                final int length = random.nextInt(random.nextInt(500) == 0 ? 400_000 : 3000);
                final UnsafeBuffer source = new UnsafeBuffer(new byte[length]);
                source.setMemory(0, length, (byte) i);
                final long handle = slab.put(source, 0, length, 0, i);
                assertThat(held.put(handle, i)).as("a block given twice").isNull();
                handles.add(handle);
            } else {
                final int place = random.nextInt(handles.size());
                final long handle = handles.get(place);
                handles.set(place, handles.get(handles.size() - 1));
                handles.remove(handles.size() - 1);
                slab.view(handle, view);
                final byte expected = held.remove(handle).byteValue();
                for (int at = 0; at < view.payloadLength(); at += 97) {
                    assertThat(view.buffer().getByte(view.payloadOffset() + at)).isEqualTo(expected);
                }
                assertThat((byte) view.publishedMs()).isEqualTo(expected);
                slab.free(handle, i);
            }
            slab.reclaim(i - 50);
        }
    }
}
