package io.gmq.journal.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gmq.journal.JournalException;
import io.gmq.journal.RecordFrame;
import io.gmq.journal.RecoveryHandler;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the records of one segment and finds out what is at its end. Owned by one thread. Changes nothing on disk.
 *
 * <p>A Chronicle queue file is a row of excerpts ({@link Excerpt}). The first describes the file and is metadata, as are index pages
 * further on, if there are any. All others are GMQ's, and each holds exactly one {@link RecordFrame}. That frame is the proof of
 * what is good; the excerpts' headers only lead from one to the next.
 *
 * <p>Reading stops at the first place that is not good. All behind it is searched ({@link DamageScan}): nothing but zeros is the
 * usual end; something, but no good record, is a torn tail; a good record means that one before it was lost. Whether that matters
 * is for {@link Recovery} to say, which knows the segments that follow.
 */
final class SegmentReader {
    private final SegmentFile file;
    private final RecoveryHandler handler;
    private final CRC32C crc = new CRC32C();
    private long position;
    /** Behind the last good record, before what Chronicle may have put there. */
    private long goodEnd;
    private long nextSequence;
    private long records;
    private long recordBytes;
    private DamageScan scan;
    private String fault;

    SegmentReader(final SegmentFile file, final long firstSequence, final RecoveryHandler handler) {
        this.file = file;
        this.nextSequence = firstSequence;
        this.handler = handler;
    }

    /** Begins with the first good record from a place on; {@code null} where there is none. */
    static SegmentReader behind(final SegmentFile file, final long from, final long nextSequence, final RecoveryHandler handler)
        throws IOException {
        final long good = new DamageScan(file, from, -1, nextSequence).goodPosition();
        if (good < 0) {
            return null;
        }
        final long sequence = RecordFrame.firstSequence(file.buffer(), file.load(good, RecordFrame.HEADER_LENGTH));
        final SegmentReader reader = new SegmentReader(file, sequence, handler);
        reader.position = good - Excerpt.HEADER_LENGTH;
        reader.goodEnd = reader.position;
        return reader;
    }

    /**
     * Hands over the next batch.
     *
     * @return whether there was one; if not, {@link #position}, {@link #tornBytes} and {@link #damage} describe the end.
     * @throws JournalException if the segment is of another format, or a good record is not the one that is due.
     */
    boolean next() throws IOException {
        if (fault == null && read()) {
            return true;
        }
        inspectEnd();
        return false;
    }

    /**
     * Hands over the next batch of a segment that is still being written, if it is there.
     *
     * @return whether there was one; if not, it may come yet.
     */
    boolean poll() throws IOException {
        fault = null;
        return read();
    }

    private boolean read() throws IOException {
        while (fault == null && position + Excerpt.HEADER_LENGTH <= file.size()) {
            final int header = file.buffer().getInt(file.load(position, Excerpt.HEADER_LENGTH), LITTLE_ENDIAN);
            final int length = Excerpt.length(header);
            final long end = position + Excerpt.HEADER_LENGTH + length;
            if (header == 0) {
                break;
            }
            if (!Excerpt.isComplete(header) || length == 0 || end > file.size()) {
                fault = "an excerpt is not complete or too long";
            } else if (Excerpt.isMetadata(header)) {
                fault = metadataFault(length);
                advance(length);
            } else {
                fault = frameFault(length);
                if (fault == null) {
                    deliver();
                    advance(length);
                    goodEnd = position;
                    return true;
                }
            }
        }
        return false;
    }

    /** From the last good record on, and not from where Chronicle's headers have led: one that is damaged can lead past good records. */
    private void inspectEnd() throws IOException {
        scan = new DamageScan(file, goodEnd, unfinishedFrame(), nextSequence);
        if (scan.goodPosition() >= 0 && scan.goodPosition() < position) {
            position = goodEnd;
            fault = "an excerpt of Chronicle's is too long";
        }
    }

    /** In bytes: behind the last good record, or whatever of Chronicle's followed it. */
    long position() {
        return position;
    }

    /** The sequence after the last good record. */
    long nextSequence() {
        return nextSequence;
    }

    long records() {
        return records;
    }

    long recordBytes() {
        return recordBytes;
    }

    /** Bytes that are not zero from {@link #position} to the last of them; known at the end. */
    long tornBytes() {
        return usedBytes() - position;
    }

    /** Behind all that is not zero; known at the end. */
    long usedBytes() {
        return Math.max(position, scan.endPosition());
    }

    /** The highest sequence that a good record behind {@link #position} says was on disk, -1 where there is none; known at the end. */
    long syncedBehind() {
        return scan.synced();
    }

    /** What is wrong at {@link #position}, for people; known at the end. */
    String damage() {
        final String what = fault == null ? "a batch has no header" : fault;
        return scan.goodPosition() < 0 ? what : what + ", good records follow at offset " + scan.goodPosition();
    }

    /** What is wrong at {@link #position}, for people, after a {@link #poll} that found nothing. */
    String fault() {
        return fault == null ? "nothing there" : fault;
    }

    private void advance(final int length) {
        if (fault == null) {
            position = Excerpt.next(position, length);
        }
    }

    /** A record whose excerpt has been turned into Chronicle's own would be skipped in silence. */
    private String metadataFault(final int length) throws IOException {
        final boolean disguised = length >= RecordFrame.HEADER_LENGTH
            && RecordFrame.beginsAt(file.buffer(), file.load(position + Excerpt.HEADER_LENGTH, RecordFrame.HEADER_LENGTH));
        return disguised ? "a record is marked as metadata" : null;
    }

    private String frameFault(final int length) throws IOException {
        if (length < RecordFrame.HEADER_LENGTH) {
            return "a batch is too short";
        }
        final UnsafeBuffer buffer = file.buffer();
        final int header = file.load(position + Excerpt.HEADER_LENGTH, RecordFrame.HEADER_LENGTH);
        if (!RecordFrame.beginsAt(buffer, header)) {
            return "a batch does not begin as one";
        }
        if (RecordFrame.bodyBytes(buffer, header) != length - RecordFrame.HEADER_LENGTH) {
            return "a batch does not have its length";
        }
        final int frame = file.load(position + Excerpt.HEADER_LENGTH, length);
        if (!RecordFrame.isIntact(buffer, file.bytes(), frame, crc)) {
            return "a batch does not have its checksum";
        }
        final int version = RecordFrame.version(buffer, frame);
        if (version != RecordFrame.VERSION) {
            throw refusal("is in journal format " + version + ", this GMQ reads format " + RecordFrame.VERSION,
                "start the GMQ version that wrote it");
        }
        if (RecordFrame.firstSequence(buffer, frame) != nextSequence) {
            throw refusal("continues with sequence " + RecordFrame.firstSequence(buffer, frame) + " where " + nextSequence
                + " is due, records are missing", Recovery.REMEDY);
        }
        return RecordFrame.isComplete(buffer, frame) ? null : "a batch does not hold the records it names";
    }

    private void deliver() throws IOException {
        final UnsafeBuffer buffer = file.buffer();
        final int frame = file.load(position + Excerpt.HEADER_LENGTH, RecordFrame.HEADER_LENGTH);
        int remaining = RecordFrame.count(buffer, frame);
        int at = frame + RecordFrame.HEADER_LENGTH;
        while (remaining > 0) {
            final int length = RecordFrame.recordLength(buffer, at);
            hand(nextSequence, buffer, at + RecordFrame.RECORD_HEADER_LENGTH, length);
            at += RecordFrame.RECORD_HEADER_LENGTH + length;
            recordBytes += length;
            records++;
            nextSequence++;
            remaining--;
        }
    }

    private void hand(final long sequence, final UnsafeBuffer buffer, final int offset, final int length) {
        try {
            handler.onRecord(sequence, buffer, offset, length);
        } catch (final IllegalArgumentException e) {
            throw new JournalException("record " + sequence + " in " + file.path() + ", batch at offset " + position
                + ", is whole but not understood (" + e.getMessage() + "): start the GMQ version that wrote it", e);
        }
    }

    /** Where the frame of an excerpt without a header is: its commit did not return, even if all its bytes are there. */
    private long unfinishedFrame() throws IOException {
        if (position + Excerpt.HEADER_LENGTH > file.size()) {
            return -1;
        }
        final int header = file.buffer().getInt(file.load(position, Excerpt.HEADER_LENGTH), LITTLE_ENDIAN);
        return header == 0 || !Excerpt.isComplete(header) ? position + Excerpt.HEADER_LENGTH : -1;
    }

    private JournalException refusal(final String what, final String remedy) {
        return new JournalException("journal file " + file.path() + " at offset " + position + " " + what + ": " + remedy);
    }
}
