package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.TornTail;
import io.gmq.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the records of a row of segments in their order, batch by batch, and changes nothing. Owned by one thread.
 *
 * <p>It ends where the records end, or at a {@link #fault}; then {@link #skipFault} goes on behind that.
 */
public final class RecordCursor implements AutoCloseable {
    private static final int STEP = 4;
    private static final long NONE = -1;

    private final Disk disk;
    private final List<Segment> segments;
    private final boolean isBeingWritten;
    private final RecoveryHandler handler;
    private final long bytesTotal;
    private int segment = -1;
    private SegmentFile file;
    private SegmentReader reader;
    private long nextSequence = NONE;
    private long doneRecords;
    private long doneBytes;
    private JournalFault fault;
    private TornTail tornTail;

    /**
     * @param segments       oldest first.
     * @param isBeingWritten whether a broker may be writing the last of them.
     * @param bytesTotal     that they have.
     */
    RecordCursor(
        final Disk disk, final List<Segment> segments, final boolean isBeingWritten, final long bytesTotal, final RecoveryHandler handler) {
        this.disk = disk;
        this.segments = segments;
        this.isBeingWritten = isBeingWritten;
        this.bytesTotal = bytesTotal;
        this.handler = handler;
    }

    /**
     * Hands over the next batch.
     *
     * @return whether there was one; if not, {@link #fault} says whether records are missing.
     */
    public boolean next() {
        while (fault == null && (reader != null || openNext())) {
            try {
                if (reader.next()) {
                    nextSequence = reader.nextSequence();
                    return true;
                }
                endSegment();
            } catch (final JournalException e) {
                fail(e.getMessage());
            } catch (final IOException e) {
                fail(segments.get(segment).isThere() ? JournalException.of("cannot read journal file " + file.path(), e).getMessage()
                    : "segment " + segments.get(segment).folder() + " was deleted while it was read, since it is no longer needed; begin anew");
            }
        }
        return false;
    }

    /** Hands over all batches there are, with a word now and then. */
    public void readAll(final RecoveryProgress progress) {
        while (next()) {
            progress.onProgress(records(), bytes(), bytesTotal);
        }
    }

    /** Why it ended before its end. */
    public Optional<JournalFault> fault() {
        return Optional.ofNullable(fault);
    }

    /** What is skipped at the end of the last segment that was read. */
    public Optional<TornTail> tornTail() {
        return Optional.ofNullable(tornTail);
    }

    /** The sequence after the last record; -1 before the first. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Handed over so far. */
    public long records() {
        return doneRecords + (reader == null ? 0 : reader.records());
    }

    /** Of the files, passed so far. */
    public long bytes() {
        return doneBytes + (reader == null ? 0 : reader.position());
    }

    public long bytesTotal() {
        return bytesTotal;
    }

    /** The file that is being read, or where reading ended. */
    public Path path() {
        return file == null ? segments.get(Math.max(0, segment)).folder() : file.path();
    }

    /** In bytes, behind the last record. */
    public long position() {
        return reader == null ? 0 : reader.position();
    }

    /** Forgets the fault and goes on with the first good record behind it; what lies between is left out. */
    public void skipFault() {
        fault = null;
        if (reader != null) {
            doneRecords += reader.records();
            reader = behind();
            if (reader == null) {
                close();
            }
        }
        nextSequence = NONE;
    }

    private SegmentReader behind() {
        try {
            return SegmentReader.behind(file, reader.position() + 2 * STEP, reader.nextSequence(), handler);
        } catch (final IOException e) {
            return null; // what could not be read is the fault that has been told
        }
    }

    @Override
    public void close() {
        if (file != null) {
            doneBytes += file.size();
            try {
                file.close();
            } catch (final IOException e) {
                throw JournalException.of("cannot close journal file " + file.path(), e);
            } finally {
                file = null;
                reader = null;
            }
        }
    }

    private boolean openNext() {
        Optional<Path> next = Optional.empty();
        while (next.isEmpty() && ++segment < segments.size()) {
            next = segments.get(segment).file();
        }
        if (next.isEmpty()) {
            return false;
        }
        final long first = segments.get(segment).firstSequence();
        if (nextSequence != NONE && first != nextSequence) {
            return endAtGap(next.get(), first);
        }
        try {
            file = new SegmentFile(disk, next.get());
            reader = new SegmentReader(file, first, handler);
            nextSequence = first;
            tornTail = null;
            return true;
        } catch (final IOException e) {
            fault = new JournalFault(next.get(), 0, first, JournalException.of("cannot read journal file " + next.get(), e).getMessage());
            return false;
        }
    }

    /** Records are missing before a segment: either that is a fault, or all from there on was never on disk for sure. */
    private boolean endAtGap(final Path path, final long first) {
        final long missing = nextSequence;
        boolean isLost = first < missing;
        for (int i = segment; i < segments.size() && !isLost; i++) {
            isLost = vouches(segments.get(i), missing);
        }
        if (isLost) {
            segment--; // skipping the fault begins with this one
            fault = new JournalFault(path, 0, missing, "journal file " + path + " begins with sequence " + first + " and "
                + missing + " is due: " + (first > missing ? "the records between are missing" : "records are there twice"));
        } else {
            segment = segments.size();
        }
        return false;
    }

    /** Whether a record in a segment says that another one was on disk; see {@link Recovery}. */
    private boolean vouches(final Segment its, final long sequence) {
        final Optional<Path> path = its.file();
        if (path.isEmpty()) {
            return false;
        }
        try (SegmentFile bytes = new SegmentFile(disk, path.get())) {
            return new DamageScan(bytes, 0, -1, its.firstSequence()).synced() >= sequence;
        } catch (final IOException e) {
            return true;
        }
    }

    private void endSegment() {
        if (!isWritten()) {
            if (reader.syncedBehind() >= reader.nextSequence()) {
                fail("journal file " + file.path() + " at offset " + reader.position() + " is damaged (" + reader.damage() + ")");
                return;
            }
            if (reader.tornBytes() > 0) {
                tornTail = new TornTail(file.path(), reader.position(), reader.tornBytes());
            }
        }
        doneRecords += reader.records();
        close();
    }

    /** What is not whole in a file that grows is not finished, rather than damaged. */
    private boolean isWritten() {
        return isBeingWritten && segment == segments.size() - 1;
    }

    private void fail(final String what) {
        if (isWritten()) {
            doneRecords += reader.records();
            close();
        } else {
            fault = new JournalFault(file.path(), reader.position(), reader.nextSequence(), what);
        }
    }
}
