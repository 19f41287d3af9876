package io.gmq.journal.chronicle;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gmq.journal.RecordFrame;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at all that is in a segment's file behind the place where reading stopped: is it empty, a torn end, or are there good
 * records, and what do they vouch for? Lengths found there are not to be trusted, so it looks for a frame at each place where one
 * may begin (frames are aligned to 4 bytes).
 *
 * <p>A frame counts as good if its checksum is right and its sequence can be one that follows here. The latter matters: a
 * message may itself carry a piece of some journal, and a torn record that held such a message is not corruption.
 */
final class DamageScan {
    private static final int STEP = 4;
    private static final int WORD = 8;

    private final SegmentFile file;
    private final long ignoredPosition;
    private final CRC32C crc = new CRC32C();
    private long goodPosition = -1;
    private long synced = -1;
    private long endPosition;

    /**
     * Scans to the end of the file.
     *
     * @param from            in bytes, aligned to 4.
     * @param ignoredPosition of a frame that does not count even if it is good, -1 for none.
     * @param nextSequence    the lowest one that can follow.
     */
    DamageScan(final SegmentFile file, final long from, final long ignoredPosition, final long nextSequence) throws IOException {
        this.file = file;
        this.ignoredPosition = ignoredPosition;
        this.endPosition = from;
        scan(from, nextSequence);
    }

    /** Where the first good frame is, -1 where there is none. */
    long goodPosition() {
        return goodPosition;
    }

    /** The highest sequence that a good frame says was on disk when it was written, -1 where there is no good frame. */
    long synced() {
        return synced;
    }

    /** Behind the last word (4 bytes) that is not zero. Where scanning began, if all are zero. */
    long endPosition() {
        return endPosition;
    }

    private void scan(final long from, final long nextSequence) throws IOException {
        long position = from;
        while (position < file.size()) {
            final int index = file.load(position, (int) Math.min(WORD, file.size() - position));
            final int zeros = zeros(index, file.available(position));
            if (zeros > 0) {
                position += zeros;
            } else if (file.size() - position < STEP) {
                noteRest(index, (int) (file.size() - position), position);
                position = file.size();
            } else {
                position = inspect(position, index, nextSequence);
            }
        }
    }

    /** Most of what is scanned is space that was reserved and never written. */
    private int zeros(final int from, final int length) {
        final UnsafeBuffer buffer = file.buffer();
        final int end = from + length - WORD;
        int index = from;
        while (index <= end && buffer.getLong(index) == 0) {
            index += WORD;
        }
        return index - from;
    }

    /** Returns where to look next: behind a good frame, whose records may hold anything. */
    private long inspect(final long position, final int index, final long nextSequence) throws IOException {
        long next = position + STEP;
        if (file.buffer().getInt(index) != 0) {
            if (position != ignoredPosition && isGoodFrame(position, index, nextSequence)) {
                next = note(position);
            }
            endPosition = next;
        }
        return next;
    }

    private long note(final long position) throws IOException {
        final UnsafeBuffer buffer = file.buffer();
        final int frame = file.load(position, RecordFrame.HEADER_LENGTH);
        if (goodPosition < 0) {
            goodPosition = position;
        }
        // What another format says about syncs is not known: it is taken for the most.
        synced = Math.max(synced,
            RecordFrame.version(buffer, frame) == RecordFrame.VERSION ? RecordFrame.synced(buffer, frame) : Long.MAX_VALUE);
        return position + RecordFrame.HEADER_LENGTH + RecordFrame.bodyBytes(buffer, frame) + STEP - 1 & -STEP;
    }

    private void noteRest(final int index, final int length, final long position) {
        for (int i = 0; i < length; i++) {
            if (file.buffer().getByte(index + i) != 0) {
                endPosition = position + length;
            }
        }
    }

    private boolean isGoodFrame(final long position, final int index, final long nextSequence) throws IOException {
        final UnsafeBuffer buffer = file.buffer();
        final long bytesLeft = file.size() - position;
        if ((buffer.getInt(index, LITTLE_ENDIAN) & 0xFFFF) != RecordFrame.MAGIC || bytesLeft < RecordFrame.HEADER_LENGTH) {
            return false;
        }
        final int header = file.load(position, RecordFrame.HEADER_LENGTH);
        final int bodyBytes = RecordFrame.bodyBytes(buffer, header);
        final long sequence = RecordFrame.firstSequence(buffer, header);
        if (bodyBytes < 0 || bodyBytes > bytesLeft - RecordFrame.HEADER_LENGTH
            || sequence < nextSequence || sequence - nextSequence > file.size()) {
            return false;
        }
        final int frame = file.load(position, RecordFrame.HEADER_LENGTH + bodyBytes);
        return RecordFrame.isIntact(buffer, file.bytes(), frame, crc);
    }
}
