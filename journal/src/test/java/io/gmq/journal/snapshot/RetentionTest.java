package io.gmq.journal.snapshot;

import static io.gmq.journal.snapshot.Retention.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.Keep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final long SEGMENT = 1000;
    private static final int RUNS = 3000;

    /** Segments of 100 records and 1000 bytes, the last one being written; record n has time n. */
    private static List<SegmentFacts> segments(final int count) {
        return LongStream.range(0, count).mapToObj(i -> new SegmentFacts(i * 100 + 1, i * 100 + 100, SEGMENT, i * 100 + 100)).toList();
    }

    private static List<SnapshotFacts> snapshots(final long... sequences) {
        return LongStream.of(sequences).mapToObj(sequence -> new SnapshotFacts(sequence, 500, sequence)).toList();
    }

    private static Deletions plan(final Keep keep, final int segments, final long nowMs, final long... snapshots) {
        return new Retention(keep, SEGMENT).plan(segments(segments), snapshots(snapshots), nowMs);
    }

    @Test
    void shouldKeepOnlyWhatRecoveryNeeds() {
        final Deletions plan = plan(Keep.NONE, 5, 500, 100, 250);
        assertThat(plan.snapshots()).isEqualTo(snapshots(100));
        assertThat(plan.segments()).isEqualTo(segments(2));
        assertThat(plan(Keep.NONE, 5, 500, 300).segments()).isEqualTo(segments(3));
        assertThat(plan(Keep.NONE, 5, 500, 299).segments()).isEqualTo(segments(2));
    }

    @Test
    void shouldDeleteNothingWithoutASnapshot() {
        assertThat(plan(Keep.NONE, 5, 500).isEmpty()).isTrue();
        assertThat(new Retention(Keep.NONE, SEGMENT).plan(List.of(), snapshots(7), 500).isEmpty()).isTrue();
    }

    @Test
    void shouldNeverDeleteTheSegmentThatIsBeingWritten() {
        assertThat(plan(Keep.NONE, 3, 300, 300).segments()).isEqualTo(segments(2));
    }

    @Test
    void shouldKeepEverythingButTooManySnapshots() {
        final long[] twelve = LongStream.rangeClosed(1, 12).map(i -> i * 100).toArray();
        final Deletions plan = plan(Keep.ALL, 20, 2000, twelve);
        assertThat(plan.segments()).isEmpty();
        assertThat(plan.snapshots()).hasSize(3).doesNotContainAnyElementsOf(snapshots(1200));
    }

    @Test
    void shouldKeepAsManyBytesAsWanted() {
        assertThat(plan(Keep.bytes(2000), 6, 600, 100, 300, 500).segments()).isEqualTo(segments(3));
        assertThat(plan(Keep.bytes(2000), 6, 600, 100, 300, 500).snapshots()).isEqualTo(snapshots(100));
        assertThat(plan(Keep.bytes(2001), 6, 600, 100, 300, 500).segments()).isEqualTo(segments(1));
        assertThat(plan(Keep.bytes(4001), 6, 600, 100, 300, 500).isEmpty()).isTrue();
        assertThat(plan(Keep.bytes(1), 6, 600, 100, 300, 500).snapshots()).isEqualTo(snapshots(100));
    }

    @Test
    void shouldKeepWhatIsYoungerThanWanted() {
        assertThat(plan(Keep.ageMs(300), 6, 600, 100, 300, 500).segments()).isEqualTo(segments(3));
        assertThat(plan(Keep.ageMs(301), 6, 600, 100, 300, 500).segments()).isEqualTo(segments(1));
        assertThat(plan(Keep.ageMs(501), 6, 600, 100, 300, 500).isEmpty()).isTrue();
        assertThat(plan(Keep.ageMs(10), 6, 600, 100, 300, 500).segments()).isEqualTo(segments(5));
    }

    @Test
    void shouldKeepTheOldestBaseWhenTheBeginningIsGone() {
        final Retention all = new Retention(Keep.ALL, SEGMENT);
        final List<SegmentFacts> withoutBeginning = segments(6).subList(2, 6);
        assertThat(all.plan(withoutBeginning, snapshots(250, 500), 600).isEmpty()).isTrue();
        assertThat(all.plan(withoutBeginning, snapshots(100, 250, 500), 600)).isEqualTo(new Deletions(snapshots(100), List.of()));
        assertThat(all.plan(withoutBeginning, snapshots(350, 500), 600).segments()).isEqualTo(segments(6).subList(2, 3));
    }

    @Test
    void shouldSpreadTheSnapshotsBetweenEvenly() {
        final Retention all = new Retention(Keep.ALL, SEGMENT);
        List<SnapshotFacts> snapshots = new ArrayList<>();
        for (int count = 2; count < 500; count++) {
            snapshots.add(new SnapshotFacts(count * 100L - 50, 500, count * 100L - 50));
            final Deletions plan = all.plan(segments(count), snapshots, count * 100L);
            assertThat(plan.segments()).isEmpty();
            snapshots = new ArrayList<>(snapshots);
            snapshots.removeAll(plan.snapshots());
            assertThat(snapshots.size()).isLessThanOrEqualTo(Retention.INTERMEDIATE_MAX + 1);
            long before = 0;
            for (final SnapshotFacts snapshot : snapshots) {
                assertThat(snapshot.sequence() - before).isLessThanOrEqualTo(Math.max(150, count * 100L * 2 / Retention.INTERMEDIATE_MAX));
                before = snapshot.sequence();
            }
        }
    }

    @Test
    void shouldBeDueAtEverySecondSegmentWhereTheStateStaysAsLarge() {
        final Retention none = new Retention(Keep.NONE, SEGMENT);
        assertThat(none.isSnapshotDue(List.of(), List.of(), UNKNOWN, UNKNOWN)).isFalse();
        assertThat(none.isSnapshotDue(segments(1), List.of(), UNKNOWN, UNKNOWN)).isFalse();
        assertThat(none.isSnapshotDue(segments(2), List.of(), UNKNOWN, UNKNOWN)).isFalse();
        assertThat(none.isSnapshotDue(segments(3), List.of(), UNKNOWN, UNKNOWN)).isTrue();
        assertThat(none.isSnapshotDue(segments(4), snapshots(250), UNKNOWN, UNKNOWN)).isFalse();
        assertThat(none.isSnapshotDue(segments(5), snapshots(250), UNKNOWN, UNKNOWN)).isTrue();
        assertThat(none.isSnapshotDue(segments(5), snapshots(250), UNKNOWN, 500)).isTrue();
    }

    @Test
    void shouldWaitWhileTheStateGrowsAndHurryWhenItShrinks() {
        final Retention none = new Retention(Keep.NONE, SEGMENT);
        assertThat(none.isSnapshotDue(segments(10), List.of(), UNKNOWN, 9 * SEGMENT)).isFalse();
        assertThat(none.isSnapshotDue(segments(10), List.of(), UNKNOWN, 7 * SEGMENT)).isTrue();
        final List<SnapshotFacts> large = List.of(new SnapshotFacts(250, 20 * SEGMENT, 250));
        assertThat(none.isSnapshotDue(segments(4), large, UNKNOWN, 20 * SEGMENT)).isFalse();
        assertThat(none.isSnapshotDue(segments(4), large, UNKNOWN, 10 * SEGMENT)).isTrue();
        assertThat(none.isSnapshotDue(segments(3), List.of(new SnapshotFacts(200, 20 * SEGMENT, 200)), UNKNOWN, 1)).isFalse();
    }

    @Test
    void shouldUseTheRoomThatASnapshotDoesNotTake() {
        final Retention none = new Retention(Keep.NONE, SEGMENT);
        final List<SnapshotFacts> snapshots = List.of(new SnapshotFacts(100, 4 * SEGMENT, 100));
        assertThat(none.isSnapshotDue(segments(5), snapshots, 4 * SEGMENT, 5 * SEGMENT)).isFalse();
        assertThat(none.isSnapshotDue(segments(6), snapshots, 4 * SEGMENT, 5 * SEGMENT)).isTrue();
        assertThat(none.isSnapshotDue(segments(4), snapshots, 4 * SEGMENT, 4 * SEGMENT)).isTrue();
    }

    @Test
    void shouldNotWriteMoreSnapshotThanJournalWhereHistoryIsKept() {
        final Retention all = new Retention(Keep.ALL, SEGMENT);
        assertThat(all.isSnapshotDue(segments(2), List.of(), UNKNOWN, UNKNOWN)).isFalse();
        assertThat(all.isSnapshotDue(segments(3), List.of(), UNKNOWN, UNKNOWN)).isTrue();
        final List<SnapshotFacts> large = List.of(new SnapshotFacts(250, 5 * SEGMENT, 250));
        assertThat(all.isSnapshotDue(segments(7), large, UNKNOWN, UNKNOWN)).isFalse();
        assertThat(all.isSnapshotDue(segments(8), large, UNKNOWN, UNKNOWN)).isTrue();
    }

    @Test
    void shouldAlwaysLeaveWhatIsWantedReconstructible() {
        for (int seed = 1; seed <= RUNS; seed++) {
            final RandomHistory history = new RandomHistory(seed);
            final Deletions plan = history.plan();
            assertThat(history.snapshots()).as(history.toString()).containsAll(plan.snapshots());
            assertThat(history.segments()).as(history.toString()).containsAll(plan.segments());

            final List<SnapshotFacts> snapshots = new ArrayList<>(history.snapshots());
            final List<SegmentFacts> segments = new ArrayList<>(history.segments());
            for (final SnapshotFacts snapshot : plan.snapshots()) {
                assertThat(snapshots.remove(snapshot)).isTrue();
                history.checkRecovery(snapshots, segments);
            }
            for (final SegmentFacts segment : plan.segments()) {
                assertThat(segments.remove(0)).as(history.toString()).isEqualTo(segment);
                history.checkRecovery(snapshots, segments);
            }
            history.checkHistory(snapshots, segments);
            assertThat(new Retention(history.keep(), SEGMENT).plan(segments, snapshots, history.nowMs()).isEmpty())
                .as("again: %s", history).isTrue();
        }
    }

    private static Deletions follow(final long position, final long keepBytes, final long... snapshots) {
        return new Retention(Keep.NONE, SEGMENT).plan(segments(8), snapshots(snapshots), 800, new Follower(position, keepBytes));
    }

    @Test
    void shouldKeepForAFollowerABaseAndAllAfterIt() {
        assertThat(follow(450, 9000, 150, 250, 350, 650).segments()).isEqualTo(segments(3));
        assertThat(follow(350, 9000, 150, 250, 350, 650).segments()).isEqualTo(segments(3));
        assertThat(follow(349, 9000, 150, 250, 350, 650).segments()).isEqualTo(segments(2));
        assertThat(follow(149, 9000, 150, 250, 350, 650).segments()).isEmpty();
        assertThat(follow(700, 9000, 150, 250, 350, 650).segments()).isEqualTo(segments(6));
        assertThat(follow(700, 9000, 150, 250, 350, 650).snapshots()).isEqualTo(snapshots(150, 250, 350));
    }

    @Test
    void shouldKeepForAFollowerTheSnapshotThatItReachesNext() {
        assertThat(follow(200, 9000, 150, 250, 350, 450, 650).snapshots()).isEqualTo(snapshots(350, 450));
        assertThat(follow(300, 9000, 150, 250, 350, 450, 650).snapshots()).isEqualTo(snapshots(150, 450));
    }

    @Test
    void shouldCutOffAFollowerThatNeedsTooMuch() {
        assertThat(follow(150, 7000, 150, 250, 350, 650).segments()).isEqualTo(segments(1));
        assertThat(follow(150, 6999, 150, 250, 350, 650).segments()).isEqualTo(segments(2));
        assertThat(follow(0, 5000, 150, 250, 350, 650).segments()).as("unknown").isEqualTo(segments(3));
        assertThat(follow(150, 1, 150, 250, 350, 650).segments()).isEqualTo(segments(6));
        assertThat(new Retention(Keep.bytes(4000), SEGMENT).plan(segments(8), snapshots(150, 650), 800, new Follower(150, 1)).segments())
            .as("history that is kept anyway").isEqualTo(segments(1));
    }

    @Test
    void shouldNeverKeepLessBecauseSomebodyFollows() {
        for (int seed = 1; seed <= RUNS; seed++) {
            final RandomHistory history = new RandomHistory(seed);
            final Random random = new Random(~seed);
            final Follower follower = new Follower(random.nextInt(400), random.nextInt(8000));
            final Deletions alone = history.plan();
            final Deletions plan = new Retention(history.keep(), SEGMENT).plan(history.segments(), history.snapshots(), history.nowMs(), follower);
            assertThat(alone.segments()).as(history.toString()).containsAll(plan.segments());

            final List<SnapshotFacts> snapshots = new ArrayList<>(history.snapshots());
            final List<SegmentFacts> segments = new ArrayList<>(history.segments());
            snapshots.removeAll(plan.snapshots());
            segments.removeAll(plan.segments());
            final List<Long> before = RandomHistory.bases(history.snapshots(), history.segments());
            before.stream().filter(base -> base <= follower.position()).reduce((older, newer) -> newer)
                .filter(base -> history.segments().stream().filter(it -> it.last() > base).mapToLong(SegmentFacts::bytes).sum() <= follower.keepBytes())
                .ifPresent(base -> assertThat(RandomHistory.bases(snapshots, segments)).as("%s, %s", follower, history).contains(base));
        }
    }

    @Test
    void shouldKnowOnlySensibleMeasures() {
        assertThatThrownBy(() -> Keep.bytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Keep.ageMs(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Keep(Keep.Kind.ALL, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Facts of a broker's life, and what has to hold of them, said record by record. */
    private static final class RandomHistory {
        private final int seed;
        private final List<SegmentFacts> segments = new ArrayList<>();
        private final List<SnapshotFacts> snapshots = new ArrayList<>();
        private final Keep keep;
        private final long nowMs;
        /** By sequence: what each record takes, and when it came. */
        private final List<Long> bytes = new ArrayList<>(List.of(0L));
        private final List<Long> times = new ArrayList<>(List.of(0L));

        RandomHistory(final int seed) {
            this.seed = seed;
            final Random random = new Random(seed);
            long first = 1;
            long time = 10;
            for (int count = 1 + random.nextInt(14); count > 0; count--) {
                final int records = 1 + random.nextInt(30);
                final long each = 1 + random.nextInt(50);
                for (int i = 0; i < records; i++) {
                    time += random.nextInt(5);
                    bytes.add(each);
                    times.add(time);
                }
                segments.add(new SegmentFacts(first, first + records - 1, each * records, time));
                first += records;
            }
            for (long sequence = 1 + random.nextInt(20); sequence < first; sequence += 1 + random.nextInt(40)) {
                snapshots.add(new SnapshotFacts(sequence, random.nextInt(10_000), times.get((int) sequence)));
            }
            if (random.nextBoolean() && !snapshots.isEmpty()) { // an earlier run has deleted some
                final long covered = snapshots.get(0).sequence();
                segments.removeIf(segment -> segment.last() <= covered && segment.last() < bytes.size() - 1);
            }
            nowMs = time + random.nextInt(50);
            keep = switch (random.nextInt(4)) {
                case 0 -> Keep.NONE;
                case 1 -> Keep.ALL;
                case 2 -> Keep.bytes(1 + random.nextInt(8000));
                default -> Keep.ageMs(1 + random.nextInt(600));
            };
        }

        Deletions plan() {
            return new Retention(keep, SEGMENT).plan(segments, snapshots, nowMs);
        }

        List<SegmentFacts> segments() {
            return segments;
        }

        List<SnapshotFacts> snapshots() {
            return snapshots;
        }

        Keep keep() {
            return keep;
        }

        long nowMs() {
            return nowMs;
        }

        /** Holds at every moment of carrying out a plan. */
        void checkRecovery(final List<SnapshotFacts> left, final List<SegmentFacts> there) {
            assertThat(left).as(toString()).contains(snapshots.get(snapshots.size() - 1));
            assertThat(there).as(toString()).contains(segments.get(segments.size() - 1));
            final long oldest = left.get(0).sequence();
            assertThat(there.get(0).first()).as("first record after the oldest snapshot, %s", this).isLessThanOrEqualTo(oldest + 1);
        }

        /** Holds after a plan: the base for all that is wanted is left, if there was one, and nothing that is older than it. */
        void checkHistory(final List<SnapshotFacts> left, final List<SegmentFacts> there) {
            final List<Long> before = bases(snapshots, segments);
            final List<Long> after = bases(left, there);
            final List<Long> good = before.stream().filter(this::isBaseOfAllWanted).toList();
            if (before.isEmpty()) {
                return;
            }
            final long expected = good.isEmpty() ? before.get(0) : good.get(good.size() - 1);
            assertThat(after).as(toString()).contains(expected);
            assertThat(left).as(toString()).hasSizeLessThanOrEqualTo(Retention.INTERMEDIATE_MAX + 2);
            assertThat(left).as(toString()).noneMatch(snapshot -> snapshot.sequence() < expected);
            assertThat(there.subList(0, there.size() - 1)).as(toString()).noneMatch(segment -> segment.last() <= expected);
        }

        private static List<Long> bases(final List<SnapshotFacts> snapshots, final List<SegmentFacts> segments) {
            final List<Long> bases = new ArrayList<>();
            if (segments.get(0).first() == 1) {
                bases.add(0L);
            }
            snapshots.stream().map(SnapshotFacts::sequence).filter(it -> it >= segments.get(0).first() - 1).forEach(bases::add);
            return bases;
        }

        private boolean isBaseOfAllWanted(final long base) {
            if (snapshots.isEmpty() || keep.kind() == Keep.Kind.ALL || keep.kind() != Keep.Kind.NONE && base == 0) {
                return false;
            }
            final long newest = snapshots.get(snapshots.size() - 1).sequence();
            return switch (keep.kind()) {
                case NONE -> base == newest;
                case BYTES -> bytes.subList((int) base + 1, (int) newest + 1).stream().mapToLong(Long::longValue).sum() >= keep.amount();
                case AGE -> times.get((int) base) <= nowMs - keep.amount();
                default -> throw new IllegalStateException();
            };
        }

        @Override
        public String toString() {
            return "seed " + seed + ": " + keep + " at " + nowMs + ", " + segments + ", " + snapshots;
        }
    }
}
