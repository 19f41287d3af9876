package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The small structures against the obvious ones of the JDK, on random operations. */
final class StructuresTest {
    @Test
    void shouldKeepAHeapAsASortedSetDoes() {
        final SplittableRandom random = new SplittableRandom(3);
        final int items = 5000;
        final int[] places = new int[items];
        final long[] keys = new long[items];
        final IndexHeap heap = new IndexHeap() {
            @Override
            void moved(final int item, final int place) {
                places[item] = place;
            }
        };
        final TreeSet<Integer> sorted = new TreeSet<>(Comparator.<Integer>comparingLong(item -> keys[item]).thenComparingInt(item -> -item));
        for (int i = 0; i < 200_000; i++) {
            final int item = random.nextInt(i < 100_000 ? 50 : items);
            final int dice = random.nextInt(10);
            if (!sorted.contains(item)) {
                keys[item] = random.nextInt(dice < 5 ? 10 : 1_000_000);
                heap.add(item, keys[item], -item);
                sorted.add(item);
            } else if (dice < 3) {
                sorted.remove(item);
                heap.removeAt(places[item]);
                assertThat(places[item]).isEqualTo(-1);
            } else if (dice < 6) {
                sorted.remove(item);
                keys[item] = random.nextInt(1_000_000);
                sorted.add(item);
                heap.update(places[item], keys[item]);
            } else {
                assertThat(heap.pollFirst()).isEqualTo(sorted.pollFirst());
            }
            assertThat(heap.size()).isEqualTo(sorted.size());
            if (!sorted.isEmpty()) {
                assertThat(heap.first()).isEqualTo(sorted.first());
                assertThat(places[heap.first()]).isZero();
            }
        }
        while (!heap.isEmpty()) {
            assertThat(heap.pollFirst()).isEqualTo(sorted.pollFirst());
        }
        assertThat(sorted).isEmpty();
    }

    @Test
    void shouldFindMessagesByIdAsAMapDoes() {
        final SplittableRandom random = new SplittableRandom(4);
        final MessageIndex index = new MessageIndex();
        final Map<Long, Integer> map = new HashMap<>();
        long nextId = 1;
        for (int i = 0; i < 400_000; i++) {
            final boolean isGrowing = i / 50_000 % 2 == 0;
            if (random.nextInt(10) < (isGrowing ? 7 : 3)) {
                nextId += random.nextInt(50) == 0 ? 1000 : 1;
                index.put(nextId, i);
                map.put(nextId, i);
            } else {
                final long id = Math.max(0, nextId - random.nextInt(random.nextBoolean() ? 100 : 100_000));
                assertThat(index.get(id)).isEqualTo(map.getOrDefault(id, MessageTable.NONE));
                if (map.remove(id) != null) {
                    index.remove(id);
                    assertThat(index.get(id)).isEqualTo(MessageTable.NONE);
                }
            }
        }
        map.forEach((id, message) -> assertThat(index.get(id)).isEqualTo(message));
        for (final long id : new long[] {0, nextId + 1, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            assertThat(index.get(id)).isEqualTo(MessageTable.NONE);
        }
    }

    @Test
    void shouldGiveALanesMessagesByTheirIds() {
        final SplittableRandom random = new SplittableRandom(5);
        final MessageTable table = new MessageTable();
        final ReadyLane lane = new ReadyLane(table);
        final TreeSet<Long> ready = new TreeSet<>();
        final Map<Long, Integer> away = new HashMap<>();
        long nextId = 1;
        for (int i = 0; i < 200_000; i++) {
            final int dice = random.nextInt(10);
            final boolean isGrowing = i / 20_000 % 2 == 0;
            if (dice < (isGrowing ? 4 : 2)) {
                final long id = nextId++;
                final int message = table.add(id, 0, 0, 0, 4);
                if (random.nextInt(4) == 0) {
                    away.put(id, message);
                } else {
                    lane.add(message);
                    ready.add(id);
                }
            } else if (dice < 7) {
                if (ready.isEmpty()) {
                    assertThat(lane.first()).isEqualTo(MessageTable.NONE);
                    assertThat(lane.isEmpty()).isTrue();
                } else {
                    final int first = lane.first();
                    assertThat(table.id(first)).isEqualTo(ready.pollFirst());
                    lane.removeFirst();
                    away.put(table.id(first), first);
                }
            } else if (!away.isEmpty()) {
                final long id = away.keySet().iterator().next();
                final int message = away.remove(id);
                if (dice == 7) {
                    table.remove(message);
                } else {
                    lane.add(message);
                    ready.add(id);
                }
            }
        }
        assertThat(ready).isNotEmpty();
        while (!ready.isEmpty()) {
            assertThat(table.id(lane.first())).isEqualTo(ready.pollFirst());
            lane.removeFirst();
        }
        assertThat(lane.isEmpty()).isTrue();
    }

    @Test
    void shouldUseRecordsAgain() {
        final MessageTable table = new MessageTable();
        for (int i = 0; i < 40_000; i++) {
            assertThat(table.add(i, i * 2L, i * 3L, i % 7, i % 10)).isEqualTo(i);
        }
        for (int i = 0; i < 40_000; i++) {
            assertThat(table.id(i)).isEqualTo(i);
            assertThat(table.payload(i)).isEqualTo(i * 2L);
            assertThat(table.publishedMs(i)).isEqualTo(i * 3L);
            assertThat(table.queue(i)).isEqualTo(i % 7);
            assertThat(table.priority(i)).isEqualTo(i % 10);
        }
        table.remove(7);
        table.remove(39_999);
        assertThat(table.size()).isEqualTo(39_998);
        assertThat(table.add(50_000, 0, 0, 0, 0)).isEqualTo(39_999);
        assertThat(table.add(50_001, 0, 0, 0, 0)).isEqualTo(7);
        assertThat(table.high()).isEqualTo(40_000);
    }
}
