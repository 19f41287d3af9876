package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.JournalTail;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.disk.Disk;
import io.gmq.journal.snapshot.Snapshots;
import io.gmq.journal.snapshot.TailBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * Follows segments that are being written, each from where the poll before ended. Beyond what is synced it does not even look, so it
 * never meets a batch that is half written.
 *
 * <pre>
 *   [segment, deleted][segment][segm|ent being written      ]
 *                                   └─ next             └─ synced
 * </pre>
 *
 * <p>A segment that is deleted while it is open can be read to its end.
 */
public final class ChronicleTail implements JournalTail {
    private static final int READ_AHEAD = 256 << 10;

    private final Disk disk;
    private final Path journalFolder;
    private final TailBase base;
    private final LongSupplier synced;
    private RecoveryHandler handler;
    private long nextSequence;
    private SegmentFile file;
    private SegmentReader reader;
    private long readerFirst;
    /** What was synced when bytes of the file were last read: those of later records may be missing among them. */
    private long fresh;

    /**
     * @param data   the data folder.
     * @param synced says up to which sequence all records are on disk; any thread's.
     */
    public ChronicleTail(final Disk disk, final Path data, final LongSupplier synced) {
        this.disk = disk;
        journalFolder = data.resolve("journal");
        base = new TailBase(new Snapshots(disk, data.resolve("snapshots")));
        this.synced = synced;
    }

    @Override
    public long synced() {
        return synced.getAsLong();
    }

    @Override
    public long begin(final long sequenceMax, final RecoveryHandler its) {
        return begun(base.begin(sequenceMax, firstSequence(), its), its);
    }

    @Override
    public long beginOldest(final RecoveryHandler its) {
        return begun(base.beginOldest(firstSequence(), its), its);
    }

    private long begun(final long sequence, final RecoveryHandler its) {
        if (sequence != GONE) {
            close();
            handler = its;
            nextSequence = sequence + 1;
        }
        return sequence;
    }

    private long firstSequence() {
        final List<Segment> all = Segment.all(disk, journalFolder);
        return all.isEmpty() ? Recovery.FIRST_SEQUENCE : all.get(0).firstSequence();
    }

    @Override
    public int poll(final int recordsMax) {
        final long from = nextSequence;
        while (nextSequence - from < recordsMax && nextSequence <= fresh()) {
            if (!readBatch() && !openNext()) {
                return GONE;
            }
        }
        return (int) (nextSequence - from);
    }

    /** Up to which sequence all records can be read, of those that come next. */
    private long fresh() {
        if (nextSequence > fresh) {
            fresh = synced.getAsLong();
            if (file != null && nextSequence <= fresh) {
                file.forget();
            }
        }
        return fresh;
    }

    private boolean readBatch() {
        try {
            return reader != null && reader.poll();
        } catch (final IOException e) {
            if (firstSequence() > readerFirst) {
                return false; // what is being deleted becomes shorter and shorter
            }
            throw JournalException.of("cannot read journal file " + file.path(), e);
        }
    }

    /** Opens the segment that has the next record, which is not in the one at hand; says whether it is still there. */
    private boolean openNext() {
        final List<Segment> all = Segment.all(disk, journalFolder);
        int last = all.size() - 1;
        while (last >= 0 && all.get(last).firstSequence() > nextSequence) {
            last--;
        }
        if (last < 0) {
            close();
            return false;
        }
        final Segment segment = all.get(last);
        if (reader != null && segment.firstSequence() <= readerFirst) {
            throw new JournalException("journal file " + file.path() + " at offset " + reader.position() + " has no record " + nextSequence
                + ", which was synced (" + reader.fault() + ")");
        }
        close();
        try {
            open(segment);
            return true;
        } catch (final IOException | JournalException e) {
            if (firstSequence() > nextSequence) {
                return false; // it has just been deleted
            }
            throw e instanceof final JournalException known ? known : JournalException.of("cannot read segment " + segment.folder(), (IOException) e);
        }
    }

    private void open(final Segment segment) throws IOException {
        final Path path = segment.file().orElseThrow(() -> new JournalException("segment " + segment.folder() + " has no file"));
        file = new SegmentFile(disk, path, READ_AHEAD);
        readerFirst = segment.firstSequence();
        reader = new SegmentReader(file, readerFirst, this::onRecord);
    }

    /** The first segment may begin before what is wanted. */
    private void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (sequence >= nextSequence) {
            handler.onRecord(sequence, buffer, offset, length);
            nextSequence = sequence + 1;
        }
    }

    @Override
    public void close() {
        reader = null;
        if (file != null) {
            final SegmentFile its = file;
            file = null;
            try {
                its.close();
            } catch (final IOException e) {
                throw JournalException.of("cannot close journal file " + its.path(), e);
            }
        }
    }
}
