package io.gmq.journal.snapshot;

import io.gmq.journal.Keep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When a snapshot is taken, and what may be deleted after it. Pure functions of facts: no file, no clock, no memory.
 *
 * <pre>
 *                   base          intermediate ones, at most 8        newest
 *   ──────x──x──────●─────────────●──────────────●────────────────────●──────────►  sequence
 *    gone           └─ all that is wanted lies after it               └─ recovery begins here
 *   [segment][segm|ent][segment][segment][segment][segment][segment][segm|ent being written]
 *    gone     stays
 * </pre>
 *
 * <p>History can only be looked at from a base: a snapshot, or the very beginning. So the base is the newest snapshot such that all
 * that {@code keep} wants lies after it, and what is older goes. While there is no such snapshot yet, nothing goes. Of those between
 * base and newest, which only shorten the way to a past state, eight stay, as evenly spread as they can be without taking new ones.
 *
 * <p>A {@link Follower} has a base of its own, the newest snapshot that is not after its position, and the older of both bases counts.
 * It also keeps the first snapshot after its position: its next base, which it would else never reach where snapshots are taken faster
 * than it follows. Where it alone is the reason for history, no other snapshots stay. So without {@code keep} it costs
 * at most its bytes of segments and two snapshots.
 *
 * <p>Snapshots are given oldest first, and only those that are whole and on disk; segments oldest first, without gaps, and the last
 * is the one that is being written.
 *
 * @param keep         how much history stays.
 * @param segmentBytes what a segment takes on disk while it is written, and the next one that is held ready.
 */
public record Retention(Keep keep, long segmentBytes) {
    /** For sizes that nobody knows. */
    public static final long UNKNOWN = -1;

    static final int INTERMEDIATE_MAX = 8;

    /** The state before the first record: a base that needs no file. */
    private static final long BEGINNING = 0;

    public Retention {
        Objects.requireNonNull(keep, "keep");
    }

    /**
     * Whether it is time for a snapshot, given that none is being taken.
     *
     * <p>Without history to keep the data folder stays below twice the live bytes and four segments, and a snapshot is begun as late
     * as that allows, since each writes the whole state again. At its end there are
     *
     * <pre>   old snapshot + closed segments + the one being written + the next one + new snapshot </pre>
     *
     * <p>so it is due when one more closed segment would be too many. The promise holds if the snapshot is written before another
     * segment is full. Where the state stays as large as it is, and takes as much in a snapshot as it does alive, that is every second
     * segment; where it grows or takes less, later.
     *
     * <p>Where history is kept there is no such promise, only recovery should not take long: a snapshot is due when the closed
     * segments after the last one are as large as it will be, so snapshots never take more writing than the journal.
     *
     * @param expectedBytes what a snapshot would take now; where that is {@link #UNKNOWN}, as {@code liveBytes}.
     * @param liveBytes     what is held now, as the promise counts it; where that is {@link #UNKNOWN}, what the last snapshot took.
     */
    public boolean isSnapshotDue(
        final List<SegmentFacts> segments, final List<SnapshotFacts> snapshots, final long expectedBytes, final long liveBytes) {
        final long newestBytes = snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1).bytes();
        final long live = liveBytes == UNKNOWN ? newestBytes : liveBytes;
        final long expected = expectedBytes == UNKNOWN ? live : expectedBytes;
        final long closedBytes = closedBytes(segments, snapshots);
        if (closedBytes == 0) {
            return false;
        }
        if (keep.kind() != Keep.Kind.NONE) {
            return closedBytes > segmentBytes && closedBytes >= expected;
        }
        final long writtenAndNext = 2 * segmentBytes;
        return newestBytes + closedBytes + writtenAndNext + expected + segmentBytes > 2 * live + 4 * segmentBytes;
    }

    /** Bytes of segments that a snapshot taken now would allow to delete; nothing where history is kept. */
    public long wouldFree(final List<SegmentFacts> segments, final List<SnapshotFacts> snapshots) {
        return keep.kind() == Keep.Kind.NONE ? closedBytes(segments, snapshots) : 0;
    }

    private static long closedBytes(final List<SegmentFacts> segments, final List<SnapshotFacts> snapshots) {
        final long covered = snapshots.isEmpty() ? BEGINNING : snapshots.get(snapshots.size() - 1).sequence();
        return segments.stream().limit(Math.max(0, segments.size() - 1))
            .filter(segment -> segment.last() > covered).mapToLong(SegmentFacts::bytes).sum();
    }

    /** What can be deleted now, where nobody follows. */
    public Deletions plan(final List<SegmentFacts> segments, final List<SnapshotFacts> snapshots, final long nowMs) {
        return plan(segments, snapshots, nowMs, Follower.NONE);
    }

    /** What can be deleted now. */
    public Deletions plan(
        final List<SegmentFacts> segments, final List<SnapshotFacts> snapshots, final long nowMs, final Follower follower) {
        if (snapshots.isEmpty() || segments.isEmpty()) {
            return Deletions.NONE;
        }
        final History history = new History(segments, snapshots);
        final long followed = base(history, follower);
        final long base = Math.min(base(history, nowMs), followed);
        final Set<SnapshotFacts> thinned = thinned(history, base,
            its -> its.sequence() == followed || its.equals(history.firstAfter(follower.position())));
        final List<SnapshotFacts> unwanted = snapshots.stream()
            .filter(snapshot -> snapshot.sequence() < base || thinned.contains(snapshot)).toList();
        final List<SegmentFacts> covered = segments.subList(0, segments.size() - 1).stream()
            .takeWhile(segment -> segment.last() <= base).toList();
        return new Deletions(unwanted, covered);
    }

    /** The sequence that the base covers. */
    private long base(final History history, final long nowMs) {
        final List<SnapshotFacts> usable = history.usable();
        for (int i = usable.size() - 1; i >= 0; i--) {
            if (liesBeforeAllWanted(history, usable.get(i), nowMs)) {
                return usable.get(i).sequence();
            }
        }
        return history.hasBeginning() ? BEGINNING : usable.get(0).sequence();
    }

    /** The sequence that the follower's base covers. */
    private static long base(final History history, final Follower follower) {
        final List<Long> bases = new ArrayList<>();
        if (history.hasBeginning()) {
            bases.add(BEGINNING);
        }
        history.usable().forEach(snapshot -> bases.add(snapshot.sequence()));
        long base = bases.get(0);
        for (final long next : bases) {
            if (next <= follower.position() || history.bytesAfter(base) > follower.keepBytes()) {
                base = next;
            }
        }
        return base;
    }

    private boolean liesBeforeAllWanted(final History history, final SnapshotFacts snapshot, final long nowMs) {
        return switch (keep.kind()) {
            case NONE -> true;
            case ALL -> false;
            case BYTES -> history.bytesUpTo(history.newest().sequence()) - history.bytesUpTo(snapshot.sequence()) >= keep.amount();
            case AGE -> snapshot.timeMs() <= nowMs - keep.amount();
        };
    }

    /** Those between base and newest that are too many: always the one next that leaves the smallest gap. */
    private Set<SnapshotFacts> thinned(final History history, final long base, final Predicate<SnapshotFacts> isFollowed) {
        final List<SnapshotFacts> left = new ArrayList<>(history.usable().stream().filter(its -> its.sequence() > base).toList());
        final Set<SnapshotFacts> thinned = new HashSet<>();
        long between = left.stream().limit(Math.max(0, left.size() - 1)).filter(isFollowed.negate()).count();
        for (; between > (keep.kind() == Keep.Kind.NONE ? 0 : INTERMEDIATE_MAX); between--) {
            int best = -1;
            long smallest = Long.MAX_VALUE;
            for (int i = 0; i < left.size() - 1; i++) {
                final long before = i == 0 ? position(history, base) : position(history, left.get(i - 1));
                final long gap = position(history, left.get(i + 1)) - before;
                if (gap < smallest && !isFollowed.test(left.get(i))) {
                    smallest = gap;
                    best = i;
                }
            }
            thinned.add(left.remove(best));
        }
        return thinned;
    }

    private long position(final History history, final SnapshotFacts snapshot) {
        return keep.kind() == Keep.Kind.AGE ? snapshot.timeMs() : history.bytesUpTo(snapshot.sequence());
    }

    private long position(final History history, final long base) {
        return keep.kind() == Keep.Kind.AGE ? history.timeMs(base) : history.bytesUpTo(base);
    }

    /** The facts, as questions are asked of them. */
    private record History(List<SegmentFacts> segments, List<SnapshotFacts> snapshots) {
        boolean hasBeginning() {
            return segments.get(0).first() == BEGINNING + 1;
        }

        SnapshotFacts newest() {
            return snapshots.get(snapshots.size() - 1);
        }

        /** The snapshots after which no segment is missing, and the newest, after which none may be. */
        List<SnapshotFacts> usable() {
            return snapshots.stream().filter(its -> its.equals(newest()) || its.sequence() >= segments.get(0).first() - 1).toList();
        }

        /** The first snapshot that covers more than this; {@code null} where there is none. */
        SnapshotFacts firstAfter(final long sequence) {
            return snapshots.stream().filter(its -> its.sequence() > sequence).findFirst().orElse(null);
        }

        /** What the segments take that hold records after a sequence. */
        long bytesAfter(final long sequence) {
            return segments.stream().filter(segment -> segment.last() > sequence).mapToLong(SegmentFacts::bytes).sum();
        }

        long bytesUpTo(final long sequence) {
            return segments.stream().mapToLong(segment -> segment.bytesUpTo(sequence)).sum();
        }

        /** When the base was: of the very beginning only what was soon after it is known. */
        long timeMs(final long base) {
            return snapshots.stream().filter(its -> its.sequence() == base).mapToLong(SnapshotFacts::timeMs).findFirst()
                .orElse(Math.min(segments.get(0).lastMs(), snapshots.get(0).timeMs()));
        }
    }
}
