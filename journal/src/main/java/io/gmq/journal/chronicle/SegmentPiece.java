package io.gmq.journal.chronicle;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryHandler;
import io.gmq.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of whole records in a segment's file, with nothing bad in between.
 *
 * @param segment       that holds it.
 * @param file          of the segment.
 * @param from          in bytes, where its first excerpt begins; 0 where it begins with the file.
 * @param to            behind its last excerpt.
 * @param firstSequence of its first record.
 * @param lastSequence  of its last one; the one before the first where it holds none.
 * @param gapEnd        behind all that is not zero between it and what is whole again, or the end of the file.
 * @param fault         what is wrong behind it, for people; empty where nothing is but perhaps a torn end.
 */
record SegmentPiece(
    Segment segment, Path file, long from, long to, long firstSequence, long lastSequence, long gapEnd, String fault) {
    private static final RecoveryHandler NOBODY = (sequence, buffer, offset, length) -> { };
    private static final int EXCERPT_HEADER = 4;

    /**
     * All pieces of a segment, in their order; an empty one is among them only if something bad follows it.
     *
     * @param isBeingWritten whether a broker may be writing it: what is not whole then is not finished, and no more is looked for.
     */
    static List<SegmentPiece> of(final Disk disk, final Segment segment, final boolean isBeingWritten) {
        final Optional<Path> path = segment.file();
        if (path.isEmpty()) {
            return List.of();
        }
        final List<SegmentPiece> pieces = new ArrayList<>();
        try (SegmentFile file = new SegmentFile(disk, path.get())) {
            SegmentReader reader = new SegmentReader(file, segment.firstSequence(), NOBODY);
            while (reader != null) {
                final long from = reader.position();
                final long first = reader.nextSequence();
                String fault = read(reader);
                final SegmentReader behind = isBeingWritten ? null
                    : SegmentReader.behind(file, reader.position() + 2 * EXCERPT_HEADER, reader.nextSequence(), NOBODY);
                final long gapEnd = isBeingWritten ? reader.position()
                    : behind == null ? new DamageScan(file, reader.position(), -1, Long.MAX_VALUE).endPosition() : behind.position();
                fault = fault.isEmpty() && behind != null ? "good records follow what is not" : fault;
                if (reader.records() > 0 || gapEnd > reader.position()) {
                    pieces.add(new SegmentPiece(segment, path.get(), from, reader.position(), first, reader.nextSequence() - 1, gapEnd, fault));
                }
                reader = behind;
            }
        } catch (final IOException e) {
            throw JournalException.of("cannot read journal file " + path.get(), e);
        }
        return pieces;
    }

    private static String read(final SegmentReader reader) throws IOException {
        try {
            while (reader.next()) {
                // only its place matters
            }
            return reader.syncedBehind() >= reader.nextSequence() ? reader.damage() : "";
        } catch (final JournalException e) {
            return e.getMessage();
        }
    }

    boolean isEmpty() {
        return lastSequence < firstSequence;
    }

    /** Whether it holds records of a range. */
    boolean holds(final long first, final long last) {
        return !isEmpty() && firstSequence <= last && lastSequence >= first;
    }
}
