package io.gmq.journal.mysql;

import org.agrona.DirectBuffer;

/**
 * Records on their way from the thread that appends to the thread that stores, which takes all there are at a time: the longer
 * storing takes, the more go into the next transaction. The lock is held for the copy of a record.
 */
final class PendingRecords {
    /** Beyond this no more should be appended. */
    private static final long BYTES_MAX = 64L << 20;

    private RecordChunk filling = new RecordChunk();
    private RecordChunk spare = new RecordChunk();
    private volatile long bytes;

    /** The appending thread's. */
    boolean hasRoom() {
        return bytes < BYTES_MAX;
    }

    /** The appending thread's: copies a record. */
    synchronized void add(final DirectBuffer buffer, final int offset, final int length) {
        filling.add(buffer, offset, length);
        bytes = filling.bytes();
    }

    /**
     * The storing thread's: all records that are there, maybe none. They are the caller's until it gives them back.
     */
    synchronized RecordChunk take() {
        final RecordChunk taken = filling;
        filling = spare;
        spare = null;
        bytes = 0;
        return taken;
    }

    /** The storing thread's: the records are stored, or given up. */
    void giveBack(final RecordChunk chunk) {
        chunk.clear();
        synchronized (this) {
            spare = chunk;
        }
    }

    /** Any thread's: how much of the room is taken, from 0 to 1. */
    double fill() {
        return Math.min(1, (double) bytes / BYTES_MAX);
    }

    /** How many wait. */
    synchronized int count() {
        return filling.count();
    }
}
