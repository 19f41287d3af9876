package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
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
                heap.removeAt(places[item]);
                heap.add(item, keys[item], -item);
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

    /** What a lane should do, done with a sorted set; now and then both are compared as a whole. */
    @Test
    void shouldHoldALanesMessagesByTheirIds() {
        final SplittableRandom random = new SplittableRandom(5);
        final MessageTable table = new MessageTable();
        final Lane lane = new Lane(3, table);
        final LaneCursor cursor = new LaneCursor(table);
        final TreeMap<Long, Integer> inside = new TreeMap<>();
        final TreeMap<Long, Integer> away = new TreeMap<>();
        long nextId = 1;
        for (int i = 0; i < 200_000; i++) {
            final int dice = random.nextInt(10);
            final boolean isGrowing = i / 20_000 % 2 == 0;
            if (dice < (isGrowing ? 4 : 2)) {
                final long id = nextId++;
                final int message = table.add(id, 4, 0);
                if (random.nextInt(4) == 0) {
                    away.put(id, message);
                } else {
                    lane.add(message, 10);
                    inside.put(id, message);
                }
            } else if (dice < 7) {
                if (inside.isEmpty()) {
                    assertThat(lane.first()).isEqualTo(MessageTable.NONE);
                    assertThat(lane.isEmpty()).isTrue();
                } else {
                    final long id = random.nextInt(3) == 0 ? near(inside, random.nextLong(nextId)) : inside.firstKey();
                    final int message = inside.remove(id);
                    assertThat(table.lane(message)).isEqualTo(3);
                    lane.remove(message, 10);
                    away.put(id, message);
                }
            } else if (!away.isEmpty()) {
                final long id = near(away, random.nextLong(nextId));
                final int message = away.remove(id);
                if (dice == 7) {
                    table.remove(message);
                } else {
                    lane.add(message, 10);
                    inside.put(id, message);
                }
            }
            assertThat(lane.first()).isEqualTo(inside.isEmpty() ? MessageTable.NONE : inside.firstEntry().getValue());
            assertThat(lane.size()).isEqualTo(inside.size());
            assertThat(lane.bytes()).isEqualTo(inside.size() * 10L);
            if (i % 5000 == 0) {
                cursor.start(lane);
                for (final int message : inside.values()) {
                    assertThat(cursor.next()).isEqualTo(message);
                }
                assertThat(cursor.next()).isEqualTo(MessageTable.NONE);
            }
        }
        assertThat(inside).isNotEmpty();
    }

    private static long near(final TreeMap<Long, Integer> messages, final long id) {
        final Long above = messages.ceilingKey(id);
        return above == null ? messages.firstKey() : above;
    }

    @Test
    void shouldUseRecordsAgain() {
        final MessageTable table = new MessageTable();
        for (int i = 0; i < 40_000; i++) {
            assertThat(table.add(i, i % 10, i * 2L)).isEqualTo(i);
            table.lane(i, i % 7);
        }
        for (int i = 0; i < 40_000; i++) {
            assertThat(table.id(i)).isEqualTo(i);
            assertThat(table.payload(i)).isEqualTo(i * 2L);
            assertThat(table.lane(i)).isEqualTo(i % 7);
            assertThat(table.priority(i)).isEqualTo(i % 10);
        }
        table.remove(7);
        table.remove(39_999);
        assertThat(table.size()).isEqualTo(39_998);
        assertThat(table.add(50_000, 0, 0)).isEqualTo(39_999);
        assertThat(table.add(50_001, 0, 0)).isEqualTo(7);
        assertThat(table.high()).isEqualTo(40_000);
    }

    @Test
    void shouldKeepThePartsOfARecordApart() {
        final MessageTable table = new MessageTable();
        final long id = (1L << 59) + 1;
        final long payload = (1L << 40) - 1;
        final int message = table.add(id, 9, payload);
        table.attempt(message, Limits.ATTEMPT_MAX);
        table.priority(message, 0);

        assertThat(table.id(message)).isEqualTo(id);
        assertThat(table.priority(message)).isZero();
        assertThat(table.payload(message)).isEqualTo(payload);
        assertThat(table.attempt(message)).isEqualTo(Limits.ATTEMPT_MAX);
        table.attempt(message, 1);
        assertThat(table.payload(message)).isEqualTo(payload);
    }

    /** Removing must close the gaps in the hash table, or what stands behind them is not found any more. */
    @Test
    void shouldFindEveryQueueThatIsThereAndNoOther() {
        final SplittableRandom random = new SplittableRandom(6);
        final QueueTable queues = new QueueTable(new MessageStore());
        final TreeMap<String, MessageQueue> twin = new TreeMap<>();
        for (int i = 0; i < 50_000; i++) {
            final String name = "q" + random.nextInt(i / 10_000 % 2 == 0 ? 2000 : 300);
            final UnsafeBuffer bytes = new UnsafeBuffer(name.getBytes(StandardCharsets.US_ASCII));
            final MessageQueue found = queues.find(bytes, 0, bytes.capacity());
            assertThat(found).isSameAs(twin.get(name));
            if (found == null) {
                twin.put(name, queues.add(bytes, 0, bytes.capacity()));
            } else if (random.nextInt(3) > 0) {
                queues.delete(found);
                twin.remove(name);
            }
            assertThat(queues.size()).isEqualTo(twin.size());
            if (i % 1000 == 0) {
                int rank = 0;
                for (final MessageQueue queue : twin.values()) {
                    assertThat(queues.atRank(rank++)).isSameAs(queue);
                    assertThat(queues.get(queue.slot)).isSameAs(queue);
                }
            }
        }
    }
}
