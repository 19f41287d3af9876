package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecordHandler;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.RecoveryReport;
import io.gmq.journal.TornTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a whole journal, segment after segment. Used once, by the thread that opens the journal.
 *
 * <p>Each segment must begin with the sequence after the last good record of the one before. That alone tells a torn tail which
 * an earlier start dropped from a record lost since: after a drop the next segment was named for the sequence dropped, so nobody
 * was ever told of the record that bore it before; after a loss the next segment's name leaves a gap.
 */
final class Recovery {
    /** The sequence of a journal's first record. */
    static final long FIRST_SEQUENCE = 1;
    private static final long PROGRESS_RECORDS = 100_000;

    private final Path journalFolder;
    private final RecordHandler handler;
    private final RecoveryProgress progress;
    private long nextSequence = FIRST_SEQUENCE;
    private int segments;
    private long records;
    private long recordBytes;
    private long filesBytes;
    private long doneBytes;
    private long progressDue = PROGRESS_RECORDS;
    private Optional<TornTail> tornTail = Optional.empty();

    private Recovery(final Path journalFolder, final RecordHandler handler, final RecoveryProgress progress) {
        this.journalFolder = journalFolder;
        this.handler = handler;
        this.progress = progress;
    }

    /**
     * Hands over all records, and clears away a last segment that holds none.
     *
     * @throws JournalException if anything is wrong that is not a torn tail.
     */
    static RecoveryReport run(final Path journalFolder, final RecordHandler handler, final RecoveryProgress progress) {
        return new Recovery(journalFolder, handler, progress).run();
    }

    private RecoveryReport run() {
        final List<Segment> all = Segment.all(journalFolder);
        for (final Segment segment : all) {
            filesBytes += segment.file().map(Recovery::size).orElse(0L);
        }
        for (final Segment segment : all) {
            read(segment);
        }
        if (records > 0) {
            progress.onProgress(records, filesBytes, filesBytes);
        }
        return new RecoveryReport(segments, records, recordBytes, nextSequence - 1, tornTail);
    }

    private void read(final Segment segment) {
        if (segment.firstSequence() != nextSequence) {
            throw new JournalException("journal folder " + journalFolder + ": the next segment should begin with sequence " + nextSequence
                + " and " + segment.folder().getFileName() + " does not, records are missing: restore the journal from a copy");
        }
        final Optional<Path> file = segment.file();
        if (file.isEmpty()) {
            segment.remove();
            return;
        }
        try (SegmentFile bytes = new SegmentFile(file.get())) {
            final SegmentReader reader = new SegmentReader(bytes, nextSequence, handler);
            while (reader.next()) {
                report(reader);
            }
            // Others are about to rely on it, and a later segment's existence says that this one is on disk.
            bytes.force();
            take(segment, file.get(), reader);
            doneBytes += bytes.size();
        } catch (final IOException e) {
            throw JournalException.of("cannot read journal file " + file.get(), e);
        }
    }

    private void take(final Segment segment, final Path file, final SegmentReader reader) {
        nextSequence = reader.nextSequence();
        records += reader.records();
        recordBytes += reader.recordBytes();
        if (reader.records() > 0) {
            segments++;
            // That of an earlier segment was reported by the start that dropped it.
            tornTail = torn(file, reader);
        } else if (reader.tornBytes() > 0) {
            tornTail = torn(segment.setAside().resolve(file.getFileName()), reader);
        } else {
            // Of a start that did not get as far as a record; a torn tail before it was not reported by any later one.
            segment.remove();
        }
    }

    private static Optional<TornTail> torn(final Path file, final SegmentReader reader) {
        return reader.tornBytes() > 0 ? Optional.of(new TornTail(file, reader.position(), reader.tornBytes())) : Optional.empty();
    }

    private void report(final SegmentReader reader) {
        if (records + reader.records() >= progressDue) {
            progressDue = records + reader.records() + PROGRESS_RECORDS;
            progress.onProgress(records + reader.records(), doneBytes + reader.position(), filesBytes);
        }
    }

    private static long size(final Path file) {
        try {
            return Files.size(file);
        } catch (final IOException e) {
            throw JournalException.of("cannot read journal file " + file, e);
        }
    }
}
