package io.gmq.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes on their way to one client: a chain of chunks, written by the last stage's thread and read by the connection's
 * selector thread, without locks. Who fills it sees to its bound ({@link #size}). A chunk that is begun while nothing is on its way
 * is a small one, so that connections that are idle hold little.
 */
public final class OutboundQueue {
    private static final int GATHERED_MAX = 16;

    private final ChunkPool pool;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong flushed = new AtomicLong();

    /* The writer's. */
    private Chunk tail;
    private int tailLeft;
    private long writtenByWriter;

    /* The reader's. */
    private final ByteBuffer[] gathered = new ByteBuffer[GATHERED_MAX];
    private int count;
    private Chunk head;
    private int headAt;
    private long flushedByReader;

    /** Set by the writer with the first bytes; seen by the reader through {@link #written}. */
    private Chunk first;

    private volatile boolean isRecycled;

    OutboundQueue(final ChunkPool pool) {
        this.pool = pool;
    }

    /** Appends bytes. The writer's. */
    public void write(final byte[] bytes, final int length) {
        int from = 0;
        while (from < length) {
            if (tailLeft == 0) {
                appendChunk(from > 0 || size() > 0);
            }
            final int part = Math.min(length - from, tailLeft);
            tail.writerView.put(tail.length - tailLeft, bytes, from, part);
            tailLeft -= part;
            from += part;
        }
        writtenByWriter += length;
        written.setRelease(writtenByWriter);
    }

    private void appendChunk(final boolean isBusy) {
        final Chunk chunk = isBusy ? pool.take() : pool.takeSmall();
        if (tail == null) {
            first = chunk;
        } else {
            tail.next = chunk;
        }
        tail = chunk;
        tailLeft = chunk.length;
    }

    /** Bytes written and not flushed yet. Anybody's. */
    public long size() {
        return written.getAcquire() - flushed.getAcquire();
    }

    /** All bytes ever written. Anybody's. */
    long writtenTo() {
        return written.getAcquire();
    }

    /** All bytes ever flushed. The reader's. */
    long flushedTo() {
        return flushedByReader;
    }

    /**
     * Writes to a channel what there is, as far as it takes it, with one gathering write for each round of chunks. The
     * reader's.
     *
     * @return bytes written.
     */
    long flush(final GatheringByteChannel channel) throws IOException {
        long all = 0;
        long left = written.getAcquire() - flushedByReader;
        while (left > 0) {
            final long gatheredBytes = gather(left);
            final long taken = channel.write(gathered, 0, count);
            advance(taken);
            all += taken;
            left -= taken;
            if (taken < gatheredBytes) {
                break;
            }
        }
        return all;
    }

    private long gather(final long left) {
        if (head == null) {
            head = first;
        }
        long bytes = 0;
        count = 0;
        int from = headAt;
        Chunk chunk = head;
        while (bytes < left && count < GATHERED_MAX) {
            if (from == chunk.length) {
                chunk = chunk.next;
                from = 0;
            }
            final int part = (int) Math.min(left - bytes, chunk.length - from);
            chunk.readerView.limit(from + part).position(from);
            gathered[count++] = chunk.readerView;
            bytes += part;
            from += part;
        }
        return bytes;
    }

    private void advance(final long taken) {
        long rest = taken;
        while (rest > 0) {
            if (headAt == head.length) {
                final Chunk done = head;
                head = head.next;
                headAt = 0;
                pool.giveBack(done);
            }
            final int part = (int) Math.min(rest, head.length - headAt);
            headAt += part;
            rest -= part;
        }
        flushedByReader += taken;
        flushed.setRelease(flushedByReader);
    }

    /** Gives all chunks back. Only when neither side will touch the queue again. */
    public void recycle() {
        Chunk chunk = head == null ? first : head;
        while (chunk != null) {
            final Chunk next = chunk.next;
            pool.giveBack(chunk);
            chunk = next;
        }
        head = null;
        first = null;
        tail = null;
        tailLeft = 0;
        isRecycled = true;
    }

    /** Whether its memory has been given back. Anybody's. */
    boolean isRecycled() {
        return isRecycled;
    }
}
