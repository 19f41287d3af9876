package io.gmq.journal.mysql;

import io.gmq.journal.snapshot.CoveredRecords;
import io.gmq.journal.snapshot.Follower;
import io.gmq.journal.snapshot.SegmentFacts;
import java.io.IOException;
import java.util.function.Supplier;

/** The records in the journal's table, for checkpoints. Belongs to the thread of the {@link Holder}. */
final class StoredRecords implements CoveredRecords {
    private static final long DELETED_AT_ONCE = 5_000;
    private static final long DELETED_BYTES_AT_ONCE = 8L << 20;

    private final Holder holder;
    private final RecordWriter writer;
    private final Supplier<Follower> follower;

    StoredRecords(final Holder holder, final RecordWriter writer, final Supplier<Follower> follower) {
        this.holder = holder;
        this.writer = writer;
        this.follower = follower;
    }

    /** They are safe once they are stored. */
    @Override
    public boolean upTo(final long sequence) {
        return writer.stored() >= sequence;
    }

    @Override
    public boolean delete(final SegmentFacts segment) throws IOException {
        final long rowBytes = Math.max(1, segment.bytes() / Math.max(1, segment.last() - segment.first() + 1));
        final long atOnce = Math.max(1, Math.min(DELETED_AT_ONCE, DELETED_BYTES_AT_ONCE / rowBytes));
        final long deleted = holder.change(connection -> Sql.update(connection,
            "DELETE FROM gmq_journal WHERE sequence BETWEEN ? AND ? ORDER BY sequence LIMIT " + atOnce, segment.first(), segment.last()));
        return deleted < atOnce;
    }

    @Override
    public Follower follower() {
        return follower.get();
    }

    @Override
    public boolean isFull() {
        return false;
    }
}
