package io.gmq.journal.torture;

import io.gmq.journal.RecoveryHandler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Hears what a journal recovers and compares it with its {@link History}. */
final class RecoveryCheck implements RecoveryHandler {
    private final History history;
    private final List<UnsafeBuffer> entries = new ArrayList<>();
    private long last;
    private long base;

    RecoveryCheck(final History history) {
        this.history = history;
    }

    @Override
    public void onEntry(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] entry = new byte[length];
        buffer.getBytes(offset, entry);
        entries.add(new UnsafeBuffer(entry));
    }

    @Override
    public void onSnapshot(final long sequence, final long digest) {
        if (last != 0) {
            throw new AssertionError("a snapshot after record " + last);
        }
        if (sequence > history.count() || history.digest((int) sequence) != digest) {
            throw new AssertionError("a snapshot of sequence " + sequence + " with digest " + digest + ", which never was");
        }
        if (entries.size() != History.entries(digest)) {
            throw new AssertionError("a snapshot of sequence " + sequence + " with " + entries.size() + " entries instead of "
                + History.entries(digest));
        }
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).equals(History.entry(digest, i))) {
                throw new AssertionError("a snapshot of sequence " + sequence + " whose entry " + i + " is another");
            }
        }
        last = sequence;
        base = sequence;
    }

    @Override
    public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (sequence != last + 1) {
            throw new AssertionError("record " + sequence + " after " + last);
        }
        if (!history.isRecord(sequence, buffer, offset, length)) {
            throw new AssertionError("record " + sequence + " is not what was appended, of " + history.count());
        }
        last = sequence;
    }

    /** The last record there is. */
    long last() {
        return last;
    }

    /** Up to where it came from a snapshot. */
    long base() {
        return base;
    }
}
