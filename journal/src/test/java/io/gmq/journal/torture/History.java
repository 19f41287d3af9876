package io.gmq.journal.torture;

import io.gmq.engine.api.SnapshotSink;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What was given to a journal: a number for each record, from which its bytes follow, and the state after each, which is a digest
 * of all numbers so far and a few kilobytes that follow from it. Any thread's.
 */
final class History {
    private static final int RECORD_BYTES_MAX = 400;
    private static final int ENTRIES_MAX = 40;
    private static final int ENTRY_BYTES_MAX = 900;
    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private final SplittableRandom random;
    private long[] numbers = new long[1024];
    private long[] digests = new long[1024];
    private int count;
    private int promised;

    History(final SplittableRandom random) {
        this.random = random;
    }

    /** The next record, which will be appended now. */
    synchronized UnsafeBuffer next() {
        if (count + 1 == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count + 2);
            digests = Arrays.copyOf(digests, 2 * count + 2);
        }
        count++;
        numbers[count] = random.nextLong();
        digests[count] = (digests[count - 1] ^ numbers[count]) * 0x9E3779B97F4A7C15L + count;
        return record(numbers[count]);
    }

    /** How many records were appended, or are being. */
    synchronized int count() {
        return count;
    }

    /** All records up to this one must survive from now on: a sync has returned. */
    synchronized void promise(final int sequence) {
        promised = Math.max(promised, sequence);
    }

    synchronized int promised() {
        return promised;
    }

    /** Only so many have survived, and it is right: the others never were. Those that have are relied on from now on. */
    synchronized void truncate(final int sequence) {
        count = sequence;
        promised = sequence;
    }

    /** Goes back to how things were when so many were appended and promised. */
    synchronized void reset(final int appendedThen, final int promisedThen) {
        count = appendedThen;
        promised = promisedThen;
    }

    synchronized long digest(final int sequence) {
        return digests[sequence];
    }

    /** Whether this is the record that was appended with the sequence. */
    synchronized boolean isRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        return sequence >= 1 && sequence <= count && record(numbers[(int) sequence]).equals(new UnsafeBuffer(buffer, offset, length));
    }

    private static UnsafeBuffer record(final long number) {
        final SplittableRandom bytes = new SplittableRandom(number);
        final byte[] record = new byte[1 + bytes.nextInt(RECORD_BYTES_MAX)];
        bytes.nextBytes(record);
        return new UnsafeBuffer(record);
    }

    /** How many entries the state of this digest has. */
    static int entries(final long digest) {
        return 1 + (int) Long.remainderUnsigned(digest, ENTRIES_MAX);
    }

    /** One entry of the state. */
    static UnsafeBuffer entry(final long digest, final int index) {
        final SplittableRandom bytes = new SplittableRandom(digest + index);
        final byte[] entry = new byte[8 + bytes.nextInt(ENTRY_BYTES_MAX)];
        bytes.nextBytes(entry);
        return new UnsafeBuffer(entry);
    }

    /** Tells one entry. */
    static void tell(final long digest, final int index, final SnapshotSink sink) {
        final UnsafeBuffer entry = entry(digest, index);
        final UnsafeBuffer tail = index % 2 == 0 ? entry : new UnsafeBuffer(entry, 8, entry.capacity() - 8);
        final int headLength = index % 2 == 0 ? 0 : 8;
        sink.entry(headLength == 0 ? NOTHING : entry, headLength, tail, 0, tail.capacity());
    }
}
