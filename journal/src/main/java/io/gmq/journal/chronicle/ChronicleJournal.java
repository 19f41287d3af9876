package io.gmq.journal.chronicle;

import io.gmq.engine.api.Durability;
import io.gmq.engine.ring.Journal;
import io.gmq.journal.JournalException;
import io.gmq.journal.JournalSettings;
import io.gmq.journal.RecordBatch;
import io.gmq.journal.RecordHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.RecoveryReport;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * The journal in Chronicle Queue files on a local disk.
 *
 * <p>{@link #append} and {@link #commit} belong to one thread, {@link #sync} to another; {@link #close} is called when both have
 * stopped. Records are copied; the journal owns its buffers. Whatever it throws leaves it unusable.
 */
public final class ChronicleJournal implements Journal {
    private final JournalSettings settings;
    private final DataFolder data;
    private final Path journalFolder;
    private final RecoveryReport recovery;
    private final RecordBatch batch;
    private final UnsyncedFile unsynced = new UnsyncedFile();
    private SegmentWriter segment;
    private long nextSequence;
    /** Written by the thread that commits, after the records are in the file. */
    private volatile long committedSequence;
    /** Written by the thread that syncs. */
    private volatile long syncedSequence;

    private ChronicleJournal(
        final JournalSettings settings, final DataFolder data, final Path journalFolder, final RecoveryReport recovery) {
        this.settings = settings;
        this.data = data;
        this.journalFolder = journalFolder;
        this.recovery = recovery;
        this.batch = new RecordBatch(settings.recordBytesMax());
        nextSequence = recovery.lastSequence() + 1;
        committedSequence = recovery.lastSequence();
        syncedSequence = recovery.lastSequence();
        segment = SegmentWriter.create(settings, Segment.in(journalFolder, nextSequence), batch);
        unsynced.begin(segment.openChannel());
    }

    /**
     * Takes the data folder for this process, hands over all records that are there, and begins a new segment for those to come.
     *
     * @throws JournalException if the folder cannot be had, or the journal in it is damaged anywhere but at its torn end.
     */
    public static ChronicleJournal open(final JournalSettings settings, final RecordHandler handler, final RecoveryProgress progress) {
        final DataFolder data = DataFolder.open(settings.folder());
        boolean opened = false;
        try {
            final Path journalFolder = data.journalFolder();
            final RecoveryReport recovery = Recovery.run(journalFolder, handler, progress);
            final ChronicleJournal journal = new ChronicleJournal(settings, data, journalFolder, recovery);
            opened = true;
            return journal;
        } finally {
            if (!opened) {
                data.close();
            }
        }
    }

    /** What was found when it was opened. */
    public RecoveryReport recovery() {
        return recovery;
    }

    @Override
    public Durability levelMax() {
        return Durability.SYNCED;
    }

    /** A batch that has become too large for one excerpt is written at once; the rest of it begins another. */
    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        if (!batch.hasRoomFor(length)) {
            writeBatch();
        }
        batch.add(buffer, offset, length);
    }

    @Override
    public void commit() {
        if (batch.count() > 0) {
            writeBatch();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>What was committed before this call is in the file that is now unsynced, or in one before it, and a roll has brought that
     * to disk. See {@link UnsyncedFile}.
     */
    @Override
    public void sync() throws IOException {
        final long covered = committedSequence;
        if (covered != syncedSequence) {
            unsynced.force();
            syncedSequence = covered;
        }
    }

    /**
     * Syncs; a batch that was not committed is dropped.
     *
     * @throws JournalException if it cannot sync, or could not before.
     */
    @Override
    public void close() {
        try (data; unsynced) {
            segment.close();
            sync();
        } catch (final IOException e) {
            throw JournalException.of("cannot sync the journal in " + journalFolder + " at its end", e);
        }
    }

    private void writeBatch() {
        batch.frame(nextSequence);
        if (!segment.hasRoomFor(batch)) {
            roll();
        }
        segment.write(batch);
        nextSequence += batch.count();
        committedSequence = nextSequence - 1;
        batch.clear();
    }

    private void roll() {
        segment.close();
        try {
            unsynced.finish();
        } catch (final IOException e) {
            throw JournalException.of("cannot sync the segment before sequence " + nextSequence + " in " + journalFolder, e);
        }
        segment = SegmentWriter.create(settings, Segment.in(journalFolder, nextSequence), batch);
        unsynced.begin(segment.openChannel());
    }
}
