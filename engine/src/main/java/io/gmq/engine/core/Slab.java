package io.gmq.engine.core;

import io.gmq.engine.api.Payloads;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps the bytes of messages off heap, in blocks cut from chunks. Blocks come in size classes, four to each power of two, so
 * that at most a fifth of a block is unused. A chunk serves one class at a time; when its last block is freed it serves
 * whichever class next asks. What is larger than a quarter of a chunk gets a chunk of its own, given back to the system when
 * freed.
 *
 * <p>A freed block is not used again at once: another thread may still be reading it to encode a reply. It waits until the
 * host says ({@link #reclaim}) that the command which freed it has been dealt with.
 *
 * <pre>
 *   block:   i32 payloadLength | i32 headersLength | payload | headers
 *   handle:  chunk in the upper half, offset in the lower
 * </pre>
 *
 * <p>The source of the idea: Bonwick, "The Slab Allocator", USENIX 1994.
 */
final class Slab implements Payloads {
    private static final int CHUNK_LENGTH = 1 << 20;
    private static final int BLOCK_LENGTH_MAX = CHUNK_LENGTH / 4;
    private static final int HEADER_LENGTH = 8;
    private static final int SMALLEST_SHIFT = 5;
    private static final int CLASSES = 4 * (Integer.numberOfTrailingZeros(BLOCK_LENGTH_MAX) - SMALLEST_SHIFT) + 1;
    private static final int OWN_CHUNK = -1;
    private static final int NONE = -1;

    /** Chunks with a free block, by class; chained by {@code next} and {@code prev}. */
    private final int[] partial = new int[CLASSES];
    private final LongArrayQueue freed = new LongArrayQueue(1024, Long.MIN_VALUE);

    private UnsafeBuffer[] chunks = new UnsafeBuffer[16];
    private int[] sizeClass = new int[16];
    private int[] used = new int[16];
    private int[] freeFirst = new int[16];
    private int[] cut = new int[16];
    private int[] next = new int[16];
    private int[] prev = new int[16];
    private int chunkCount;
    private int idleFirst = NONE;
    private int vacantFirst = NONE;
    private long heldBytes;

    Slab() {
        Arrays.fill(partial, NONE);
    }

    /** Payload and header bytes of all messages held. */
    long heldBytes() {
        return heldBytes;
    }

    /**
     * Stores a message's bytes.
     *
     * @param source payload and headers, one after the other.
     * @return the handle.
     */
    long put(final DirectBuffer source, final int offset, final int payloadLength, final int headersLength) {
        final int length = payloadLength + headersLength;
        final long handle = claim(HEADER_LENGTH + length);
        final UnsafeBuffer chunk = chunks[(int) (handle >>> 32)];
        final int at = (int) handle;
        chunk.putInt(at, payloadLength);
        chunk.putInt(at + 4, headersLength);
        chunk.putBytes(at + HEADER_LENGTH, source, offset, length);
        heldBytes += length;
        return handle;
    }

    int payloadLength(final long handle) {
        return chunks[(int) (handle >>> 32)].getInt((int) handle);
    }

    int headersLength(final long handle) {
        return chunks[(int) (handle >>> 32)].getInt((int) handle + 4);
    }

    @Override
    public void view(final long handle, final View view) {
        final UnsafeBuffer chunk = chunks[(int) (handle >>> 32)];
        final int at = (int) handle;
        view.wrap(chunk, at + HEADER_LENGTH, chunk.getInt(at), chunk.getInt(at + 4));
    }

    /** Gives a block up; it is used again when {@code sequence} has been reclaimed. */
    void free(final long handle, final long sequence) {
        heldBytes -= payloadLength(handle) + headersLength(handle);
        freed.addLong(sequence);
        freed.addLong(handle);
    }

    void reclaim(final long sequence) {
        while (!freed.isEmpty() && freed.peekLong() <= sequence) {
            freed.pollLong();
            release(freed.pollLong());
        }
    }

    private long claim(final int length) {
        if (length > BLOCK_LENGTH_MAX) {
            return handle(claimOwnChunk(length), 0);
        }
        final int wanted = classOf(length);
        int chunk = partial[wanted];
        if (chunk == NONE) {
            chunk = claimChunk(wanted);
        }
        final int blockLength = lengthOf(wanted);
        final int offset;
        if (freeFirst[chunk] != NONE) {
            offset = freeFirst[chunk];
            freeFirst[chunk] = chunks[chunk].getInt(offset);
        } else {
            offset = cut[chunk];
            cut[chunk] += blockLength;
        }
        used[chunk]++;
        if (freeFirst[chunk] == NONE && cut[chunk] + blockLength > CHUNK_LENGTH) {
            unlink(chunk, wanted);
        }
        return handle(chunk, offset);
    }

    private void release(final long handle) {
        final int chunk = (int) (handle >>> 32);
        final int offset = (int) handle;
        final int its = sizeClass[chunk];
        if (its == OWN_CHUNK) {
            BufferUtil.free(chunks[chunk]);
            chunks[chunk] = null;
            next[chunk] = vacantFirst;
            vacantFirst = chunk;
            return;
        }
        final boolean wasFull = freeFirst[chunk] == NONE && cut[chunk] + lengthOf(its) > CHUNK_LENGTH;
        chunks[chunk].putInt(offset, freeFirst[chunk]);
        freeFirst[chunk] = offset;
        used[chunk]--;
        if (wasFull) {
            link(chunk, its);
        }
        if (used[chunk] == 0) {
            unlink(chunk, its);
            next[chunk] = idleFirst;
            idleFirst = chunk;
        }
    }

    private int claimChunk(final int wanted) {
        final int chunk;
        if (idleFirst != NONE) {
            chunk = idleFirst;
            idleFirst = next[chunk];
        } else {
            chunk = addChunk(CHUNK_LENGTH);
        }
        sizeClass[chunk] = wanted;
        used[chunk] = 0;
        freeFirst[chunk] = NONE;
        cut[chunk] = 0;
        link(chunk, wanted);
        return chunk;
    }

    private int claimOwnChunk(final int length) {
        final int chunk = addChunk(length);
        sizeClass[chunk] = OWN_CHUNK;
        return chunk;
    }

    private int addChunk(final int length) {
        final int chunk;
        if (vacantFirst != NONE) {
            chunk = vacantFirst;
            vacantFirst = next[chunk];
        } else {
            chunk = chunkCount++;
            if (chunk == chunks.length) {
                grow(chunk * 2);
            }
        }
        chunks[chunk] = new UnsafeBuffer(ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN));
        return chunk;
    }

    private void grow(final int capacity) {
        chunks = Arrays.copyOf(chunks, capacity);
        sizeClass = Arrays.copyOf(sizeClass, capacity);
        used = Arrays.copyOf(used, capacity);
        freeFirst = Arrays.copyOf(freeFirst, capacity);
        cut = Arrays.copyOf(cut, capacity);
        next = Arrays.copyOf(next, capacity);
        prev = Arrays.copyOf(prev, capacity);
    }

    private void link(final int chunk, final int its) {
        next[chunk] = partial[its];
        prev[chunk] = NONE;
        if (partial[its] != NONE) {
            prev[partial[its]] = chunk;
        }
        partial[its] = chunk;
    }

    private void unlink(final int chunk, final int its) {
        if (prev[chunk] == NONE) {
            partial[its] = next[chunk];
        } else {
            next[prev[chunk]] = next[chunk];
        }
        if (next[chunk] != NONE) {
            prev[next[chunk]] = prev[chunk];
        }
    }

    private static long handle(final int chunk, final int offset) {
        return (long) chunk << 32 | offset;
    }

    /** The smallest class whose blocks hold {@code length} bytes: 32, 40, 48, 56, 64, 80, 96, … */
    static int classOf(final int length) {
        if (length <= 1 << SMALLEST_SHIFT) {
            return 0;
        }
        final int shift = 31 - Integer.numberOfLeadingZeros(length - 1);
        return (shift - SMALLEST_SHIFT) * 4 + (length - 1 >> shift - 2 & 3) + 1;
    }

    static int lengthOf(final int sizeClass) {
        return (4 + (sizeClass & 3)) << (sizeClass >> 2) + SMALLEST_SHIFT - 2;
    }
}
