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
 * Keeps the bytes of messages off heap, in blocks cut from chunks. Blocks come in size classes, eight to each power of two, so
 * that at most a ninth of a block is unused. Messages that have the same bytes share a block, which is freed with the last of them. A chunk serves one class at a time; when its last block is freed it serves
 * whichever class next asks. What is larger than half a chunk gets a chunk of its own, given back to the system when
 * freed.
 *
 * <p>A freed block is not used again at once: another thread may still be reading it to encode a reply. It waits until the
 * host says ({@link #reclaim}) that the command which freed it has been dealt with.
 *
 * <pre>
 *   block:   payloadLength (25 bits) | headersLength (13) | users (26) | i64 publishedMs | payload | headers
 *   handle:  chunk (20 bits) | offset (20)
 * </pre>
 *
 * <p>The source of the idea: Bonwick, "The Slab Allocator", USENIX 1994.
 */
final class Slab implements Payloads {
    private static final int CHUNK_LENGTH = 1 << 20;
    private static final int BLOCK_LENGTH_MAX = CHUNK_LENGTH / 2;
    private static final int HEADER_LENGTH = 16;
    private static final int SMALLEST_LENGTH = 32;
    /** Up to here classes are eight bytes apart, from here on there are eight to a power of two. */
    private static final int EVEN_LENGTH_MAX = 64;
    private static final int EVEN_SHIFT = Integer.numberOfTrailingZeros(EVEN_LENGTH_MAX);
    private static final int EVEN_CLASSES = (EVEN_LENGTH_MAX - SMALLEST_LENGTH) / 8 + 1;
    private static final int CLASSES = EVEN_CLASSES + 8 * (Integer.numberOfTrailingZeros(BLOCK_LENGTH_MAX) - EVEN_SHIFT);
    private static final int OWN_CHUNK = -1;
    private static final int NONE = -1;

    private static final int OFFSET_BITS = 20;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int CHUNKS_MAX = 1 << 20;
    private static final int PAYLOAD_MASK = (1 << 25) - 1;
    private static final int HEADERS_SHIFT = 25;
    private static final int HEADERS_MASK = (1 << 13) - 1;
    private static final int USERS_SHIFT = 38;
    private static final long ONE_USER = 1L << USERS_SHIFT;

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

    Slab() {
        Arrays.fill(partial, NONE);
    }

    /**
     * Stores bytes, with one user.
     *
     * @param source payload and headers, one after the other.
     * @return the handle.
     */
    long put(
        final DirectBuffer source, final int offset, final int payloadLength, final int headersLength, final long publishedMs) {
        final long handle = claim(payloadLength, headersLength, publishedMs);
        chunk(handle).putBytes(at(handle) + HEADER_LENGTH, source, offset, payloadLength + headersLength);
        return handle;
    }

    /** Stores a copy of another block's payload with other headers, with one user. */
    long copy(final long original, final DirectBuffer headers, final int headersLength, final long publishedMs) {
        final int payloadLength = payloadLength(original);
        final long handle = claim(payloadLength, headersLength, publishedMs);
        final UnsafeBuffer chunk = chunk(handle);
        final int at = at(handle) + HEADER_LENGTH;
        chunk.putBytes(at, chunk(original), at(original) + HEADER_LENGTH, payloadLength);
        chunk.putBytes(at + payloadLength, headers, 0, headersLength);
        return handle;
    }

    private long claim(final int payloadLength, final int headersLength, final long publishedMs) {
        final long handle = claim(HEADER_LENGTH + payloadLength + headersLength);
        final UnsafeBuffer chunk = chunk(handle);
        final int at = at(handle);
        chunk.putLong(at, payloadLength | (long) headersLength << HEADERS_SHIFT | ONE_USER);
        chunk.putLong(at + 8, publishedMs);
        return handle;
    }

    int payloadLength(final long handle) {
        return (int) chunk(handle).getLong(at(handle)) & PAYLOAD_MASK;
    }

    int headersLength(final long handle) {
        return (int) (chunk(handle).getLong(at(handle)) >>> HEADERS_SHIFT) & HEADERS_MASK;
    }

    /** Of payload and headers together. */
    int length(final long handle) {
        return payloadLength(handle) + headersLength(handle);
    }

    long publishedMs(final long handle) {
        return chunk(handle).getLong(at(handle) + 8);
    }

    @Override
    public void view(final long handle, final View view) {
        final UnsafeBuffer chunk = chunk(handle);
        final int at = at(handle);
        final long lengths = chunk.getLong(at);
        view.wrap(chunk, at + HEADER_LENGTH, (int) lengths & PAYLOAD_MASK, (int) (lengths >>> HEADERS_SHIFT) & HEADERS_MASK,
            chunk.getLong(at + 8));
    }

    /** Whether a block has several users. */
    boolean isShared(final long handle) {
        return chunk(handle).getLong(at(handle)) >>> USERS_SHIFT > 1;
    }

    /** One more user of a block. */
    void share(final long handle) {
        final UnsafeBuffer chunk = chunk(handle);
        chunk.putLong(at(handle), chunk.getLong(at(handle)) + ONE_USER);
    }

    /**
     * One user less of a block; with the last one it is used again when {@code sequence} has been reclaimed.
     *
     * @return whether it was the last one.
     */
    boolean free(final long handle, final long sequence) {
        final UnsafeBuffer chunk = chunk(handle);
        final long left = chunk.getLong(at(handle)) - ONE_USER;
        chunk.putLong(at(handle), left);
        if (left >>> USERS_SHIFT > 0) {
            return false;
        }
        freed.addLong(sequence);
        freed.addLong(handle);
        return true;
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
        final int chunk = (int) (handle >>> OFFSET_BITS);
        final int offset = at(handle);
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
            if (chunkCount == CHUNKS_MAX) {
                throw new IllegalStateException("more than " + CHUNKS_MAX + " chunks of messages");
            }
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
        return (long) chunk << OFFSET_BITS | offset;
    }

    private UnsafeBuffer chunk(final long handle) {
        return chunks[(int) (handle >>> OFFSET_BITS)];
    }

    private static int at(final long handle) {
        return (int) handle & OFFSET_MASK;
    }

    /** The smallest class whose blocks hold {@code length} bytes: 32, 40, 48, 56, 64, 72, 80, … 128, 144, 160, … */
    static int classOf(final int length) {
        if (length <= EVEN_LENGTH_MAX) {
            return length <= SMALLEST_LENGTH ? 0 : (length - SMALLEST_LENGTH + 7) / 8;
        }
        final int shift = 31 - Integer.numberOfLeadingZeros(length - 1);
        return EVEN_CLASSES + (shift - EVEN_SHIFT) * 8 + (length - 1 >> shift - 3 & 7);
    }

    static int lengthOf(final int sizeClass) {
        if (sizeClass < EVEN_CLASSES) {
            return SMALLEST_LENGTH + sizeClass * 8;
        }
        final int above = sizeClass - EVEN_CLASSES;
        return (9 + (above & 7)) << (above >> 3) + EVEN_SHIFT - 3;
    }
}
