package io.gmq.transport.tcp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/**
 * What the connections of one selector have sent and nobody has taken yet, because it is no whole frame or because there was
 * no room. Little of it is copied to the front of the next read. More is read to where it stands already, in one of a few long arrays, for
 * those who were read last; what others have sent of long frames is stored in blocks outside the heap, so that many long frames at once
 * give the collector nothing to move. All those together are bounded.
 *
 * <p>Where there is no memory for more, it is taken from the client that has gone longest without finishing a frame: one that is about
 * to finish its own in a moment is never that one, while one that sends slowly, or sends and does not read, becomes it.
 *
 * <p>Belongs to one selector's thread.
 */
final class PendingInput implements AutoCloseable {
    /** Up to here, what is left of a read is copied before the next one. */
    static final int COPIED_MAX = 4096;
    /** Bytes of a read, at most. */
    private static final int READ_LENGTH = 256 * 1024;
    /** Little is read behind the beginning of a frame of medium length: with more, such frames are out of the processor's caches too soon. */
    private static final int BEHIND_LENGTH = 64 * 1024;
    /** Bytes of a connection's first block, where little is stored, and of all others. */
    static final int BLOCK_LENGTH = 64 << 10;
    static final int LARGE_BLOCK_LENGTH = 256 << 10;
    /** Blocks of each length that are kept for the next long frame. */
    private static final int KEPT = 16;
    private static final int ARRAYS_MAX = 8;
    private static final int ARRAYS_BYTES_MAX = 16 << 20;

    private final int arrayLength;
    private final int arraysMax;
    private final long bytesMax;
    /** Those with more than is copied, the one that has gone longest without a whole frame first. */
    private final LinkedHashSet<Connection> holders = new LinkedHashSet<>();
    /** Those of them that have an array, the one that was read longest ago first. */
    private final ArrayList<Connection> inArrays = new ArrayList<>();
    private final ArrayDeque<byte[]> idleArrays = new ArrayDeque<>();
    private final ArrayDeque<InputBlock> idle = new ArrayDeque<>();
    private final ArrayDeque<InputBlock> idleLarge = new ArrayDeque<>();
    private final byte[] shared = new byte[COPIED_MAX + READ_LENGTH];
    private final ByteBuffer sharedView = ByteBuffer.wrap(shared);
    /** Where what is stored of one connection is put together. */
    private byte[] whole = Connection.NOTHING;
    private long bytes;

    /**
     * @param maxFrameLength bytes of the longest frame.
     * @param bytesMax       of what all connections have here together, but for the long arrays.
     */
    PendingInput(final int maxFrameLength, final long bytesMax) {
        arrayLength = maxFrameLength + READ_LENGTH;
        arraysMax = Math.max(1, Math.min(ARRAYS_MAX, ARRAYS_BYTES_MAX / arrayLength));
        this.bytesMax = bytesMax;
    }

    /** Where the bytes are of a connection that has nothing stored, and more can be read behind them. Valid until the next call for any. */
    byte[] array(final Connection connection) {
        if (connection.pendingLength > COPIED_MAX) {
            return connection.pending;
        }
        System.arraycopy(connection.pending, 0, shared, 0, connection.pendingLength);
        return shared;
    }

    /** Room for a read in such an array, from a place on. */
    ByteBuffer behind(final byte[] array, final int from) {
        final ByteBuffer view = array == shared ? sharedView : ByteBuffer.wrap(array);
        final int most = array == shared || from > BEHIND_LENGTH / 2 ? READ_LENGTH : BEHIND_LENGTH - from;
        return view.limit(Math.min(array.length, from + most)).position(from);
    }

    /** All that a connection has stored, in one piece. Valid until the next call for any. */
    byte[] whole(final Connection connection) {
        if (whole.length < connection.pendingLength) {
            whole = new byte[Math.max(connection.pendingLength, arrayLength)];
        }
        connection.stored.copyTo(whole);
        return whole;
    }

    /**
     * Keeps what was not taken of a connection that has nothing stored.
     *
     * @return whether there is memory for it; if not, nothing has been kept.
     */
    boolean keep(final Connection connection, final byte[] from, final int at, final int length) {
        if (length > COPIED_MAX) {
            if (!keepMuch(connection, from, at, length)) {
                return false;
            }
        } else if (!keepLittle(connection, from, at, length)) {
            return false;
        }
        connection.pendingLength = length;
        return true;
    }

    private boolean keepMuch(final Connection connection, final byte[] from, final int at, final int length) {
        if (from != connection.pending) {
            final byte[] array = takeArray();
            if (array == null) {
                return false;
            }
            bytes -= connection.pending.length;
            connection.pending = array;
        } else {
            inArrays.remove(connection);
        }
        System.arraycopy(from, at, connection.pending, 0, length);
        inArrays.add(connection);
        if (at > 0) {
            holders.remove(connection);
        }
        holders.add(connection);
        return true;
    }

    private boolean keepLittle(final Connection connection, final byte[] from, final int at, final int length) {
        leaveArray(connection);
        if (length > 0) {
            if (connection.pending.length == 0 && bytes + COPIED_MAX > bytesMax) {
                return false;
            }
            makeSmall(connection);
            System.arraycopy(from, at, connection.pending, 0, length);
        }
        return true;
    }

    /** What stands in it stays there until it is taken again. */
    private void leaveArray(final Connection connection) {
        if (connection.pending.length > COPIED_MAX) {
            idleArrays.push(connection.pending);
            connection.pending = Connection.NOTHING;
            inArrays.remove(connection);
            holders.remove(connection);
        }
    }

    /** A long array, maybe of another connection, whose bytes are stored then; {@code null} if there is no memory for that. */
    private byte[] takeArray() {
        if (idleArrays.isEmpty() && inArrays.size() < arraysMax) {
            return new byte[arrayLength];
        }
        if (idleArrays.isEmpty()) {
            final Connection other = inArrays.get(0);
            if (!store(other, other.pending, other.pendingLength)) {
                return null;
            }
            idleArrays.push(other.pending);
            other.pending = Connection.NOTHING;
            inArrays.remove(0);
        }
        return idleArrays.pop();
    }

    private boolean store(final Connection connection, final byte[] from, final int length) {
        final boolean isLittle = length <= BLOCK_LENGTH / 2;
        final int blocks = isLittle ? 1 : (length + LARGE_BLOCK_LENGTH - 1) / LARGE_BLOCK_LENGTH;
        if (bytes + (long) blocks * (isLittle ? BLOCK_LENGTH : LARGE_BLOCK_LENGTH) > bytesMax) {
            return false;
        }
        final StoredInput stored = new StoredInput();
        for (int done = 0; done < length; ) {
            final InputBlock block = take(!isLittle);
            final int part = Math.min(length - done, block.view.remaining());
            block.view.put(from, done, part);
            stored.add(block);
            done += part;
        }
        connection.stored = stored;
        return true;
    }

    /** Where more of what a connection has stored goes, from the block's position on; {@code null} if there is no memory for it. */
    InputBlock open(final Connection connection) {
        final InputBlock open = connection.stored.open();
        if (open != null) {
            return open;
        }
        final boolean isLarge = connection.pendingLength >= BLOCK_LENGTH;
        if (bytes + (isLarge ? LARGE_BLOCK_LENGTH : BLOCK_LENGTH) > bytesMax) {
            return null;
        }
        final InputBlock added = take(isLarge);
        connection.stored.add(added);
        return added;
    }

    /** Takes bytes from the front of what a connection has stored. */
    void takeStored(final Connection connection, final int taken) {
        if (taken == 0) {
            return;
        }
        connection.pendingLength -= taken;
        connection.stored.take(taken, this::giveBack);
        holders.remove(connection);
        if (connection.pendingLength > COPIED_MAX) {
            holders.add(connection);
        } else {
            copyLittle(connection);
        }
    }

    /** There has just been given back more than this takes. */
    private void copyLittle(final Connection connection) {
        if (connection.pendingLength > 0) {
            makeSmall(connection);
            connection.stored.copyTo(connection.pending);
            connection.stored.take(connection.pendingLength, this::giveBack);
        }
        connection.stored = null;
    }

    private void makeSmall(final Connection connection) {
        if (connection.pending.length == 0) {
            bytes += COPIED_MAX;
            connection.pending = new byte[COPIED_MAX];
        }
    }

    void drop(final Connection connection) {
        if (connection.stored != null) {
            takeStored(connection, connection.pendingLength);
        }
        leaveArray(connection);
        if (connection.pending.length > 0) {
            bytes -= connection.pending.length;
            connection.pending = Connection.NOTHING;
        }
        connection.pendingLength = 0;
    }

    /**
     * Who is to make room when there is none: never one that waits for room in the ring, as everybody does then. One that waits for its turn
     * has asked for more large replies than others have to wait for. {@code null} where there is nobody.
     */
    Connection slowest() {
        for (final Connection connection : holders) {
            if (!connection.isStalled) {
                return connection;
            }
        }
        return null;
    }

    /** Of all that is here, but for the long arrays. */
    long bytes() {
        return bytes;
    }

    private InputBlock take(final boolean isLarge) {
        final InputBlock kept = (isLarge ? idleLarge : idle).poll();
        final InputBlock block = kept == null ? new InputBlock(isLarge ? LARGE_BLOCK_LENGTH : BLOCK_LENGTH) : kept;
        bytes += block.length();
        return block;
    }

    private void giveBack(final InputBlock block) {
        bytes -= block.length();
        final ArrayDeque<InputBlock> others = block.length() == LARGE_BLOCK_LENGTH ? idleLarge : idle;
        if (others.size() < KEPT) {
            block.view.clear();
            others.push(block);
        } else {
            block.free();
        }
    }

    /** When no connection has anything here any more. */
    @Override
    public void close() {
        idle.forEach(InputBlock::free);
        idleLarge.forEach(InputBlock::free);
        idle.clear();
        idleLarge.clear();
    }
}
