package io.gmq.journal.snapshot;

import java.util.ArrayList;
import java.util.List;

/**
 * What traffic makes of a data folder: segments that fill, and snapshots and deletions as {@link Retention} wants them. Time goes in
 * small steps of traffic, each with its sequence number.
 */
final class TrafficModel {
    /** What an empty snapshot takes. */
    private static final int EMPTY_BYTES = SnapshotFormat.HEADER_LENGTH + SnapshotFormat.END_LENGTH;
    private static final int STEPS_PER_SEGMENT = 100;
    /** What a record has beside the payload, what the record of its settling has, and what an entry of a snapshot has. */
    private static final int RECORD_OVERHEAD = 60;
    private static final int SETTLE_RECORD = 50;
    private static final int ENTRY_OVERHEAD = 56;
    /** What a message takes in memory beside its payload, as the broker counts it. */
    private static final int HELD_OVERHEAD = 128;

    private final Retention retention;
    private final long segmentBytes;
    private final long messageBytes;
    private final Known known;
    private final List<SnapshotFacts> snapshots = new ArrayList<>();
    private final List<SegmentFacts> closed = new ArrayList<>();
    private long activeFirst = 1;
    private long sequence;
    private long activeBytes;
    private double messages;

    private boolean isWriting;
    private long coveredSequence;
    private long targetBytes;
    private long writtenBytes;

    private long journalTotal;
    private long snapshotTotal;
    private long snapshotCount;

    TrafficModel(final Retention retention, final long messageBytes, final Known known) {
        this.retention = retention;
        this.segmentBytes = retention.segmentBytes();
        this.messageBytes = messageBytes;
        this.known = known;
    }

    /** What a snapshot would take. */
    long expectedBytes() {
        return EMPTY_BYTES + (long) (messages * (messageBytes + ENTRY_OVERHEAD));
    }

    /** What is live, as the promise counts it. */
    long liveBytes() {
        return known == Known.HELD ? EMPTY_BYTES + (long) (messages * (messageBytes + HELD_OVERHEAD)) : expectedBytes();
    }

    /** Everything in the folder; the segment being written and the next one are allocated in full. */
    long diskBytes() {
        return snapshots.stream().mapToLong(SnapshotFacts::bytes).sum() + (isWriting ? writtenBytes : 0)
            + closed.stream().mapToLong(SegmentFacts::bytes).sum() + 2 * segmentBytes;
    }

    long boundBytes() {
        return 2 * liveBytes() + 4 * segmentBytes;
    }

    /** Bytes of segments and snapshots that were written, for each byte of a segment. */
    double amplification() {
        return (double) (journalTotal + snapshotTotal) / journalTotal;
    }

    long snapshotCount() {
        return snapshotCount;
    }

    List<SnapshotFacts> snapshots() {
        return snapshots;
    }

    List<SegmentFacts> closed() {
        return closed;
    }

    void forgetTotals() {
        journalTotal = 0;
        snapshotTotal = 0;
        snapshotCount = 0;
    }

    /** A step's worth of messages is published, and none settled. */
    void publish() {
        final long bytes = segmentBytes / STEPS_PER_SEGMENT;
        messages += (double) bytes / (messageBytes + RECORD_OVERHEAD);
        step(bytes);
    }

    /** A step's worth of messages is published, and as many are settled. */
    void replace() {
        step(segmentBytes / STEPS_PER_SEGMENT);
    }

    /** A step's worth of messages is settled. */
    void settle() {
        final long bytes = segmentBytes / STEPS_PER_SEGMENT;
        messages = Math.max(0, messages - (double) bytes / SETTLE_RECORD);
        step(bytes);
    }

    private void step(final long bytes) {
        sequence++;
        journalTotal += bytes;
        activeBytes += bytes;
        writeSnapshot();
        if (activeBytes + bytes > segmentBytes) {
            closed.add(new SegmentFacts(activeFirst, sequence, activeBytes, sequence));
            activeFirst = sequence + 1;
            activeBytes = 0;
        }
        if (!isWriting && isSnapshotDue()) {
            isWriting = true;
            coveredSequence = sequence;
            targetBytes = expectedBytes();
            writtenBytes = 0;
        }
    }

    private boolean isSnapshotDue() {
        return known == Known.NOTHING
            ? retention.isSnapshotDue(segments(), snapshots, Retention.UNKNOWN, Retention.UNKNOWN)
            : retention.isSnapshotDue(segments(), snapshots, expectedBytes(), liveBytes());
    }

    /** A modest rate of traffic: a snapshot takes nine tenths of the time in which a segment fills. */
    private void writeSnapshot() {
        if (!isWriting) {
            return;
        }
        writtenBytes = Math.min(targetBytes, writtenBytes + targetBytes * 10 / (STEPS_PER_SEGMENT * 9) + 1);
        if (writtenBytes == targetBytes) {
            isWriting = false;
            snapshotCount++;
            snapshotTotal += targetBytes;
            snapshots.add(new SnapshotFacts(coveredSequence, targetBytes, coveredSequence));
            final Deletions plan = retention.plan(segments(), snapshots, sequence);
            snapshots.removeAll(plan.snapshots());
            closed.removeAll(plan.segments());
        }
    }

    private List<SegmentFacts> segments() {
        final List<SegmentFacts> segments = new ArrayList<>(closed);
        segments.add(new SegmentFacts(activeFirst, sequence, segmentBytes, sequence));
        return segments;
    }

    /** What the policy is told of the state's size. */
    enum Known {
        /** Nothing: it goes by the last snapshot. */
        NOTHING,
        /** What a snapshot would take, and that is what counts as live. */
        SNAPSHOT,
        /** That too, but live is what the messages take in memory. */
        HELD
    }
}
