package io.gmq.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * The socket below TLS, which hands over one record at a time: several are read at once and handed out one after the other, and those
 * that are written while it {@link #gather gathers} leave together. Belongs to one thread.
 */
final class RecordSocket implements ByteChannel {
    private static final int BATCH_LENGTH = 64 * 1024;

    private final SocketChannel socket;
    private final ByteBuffer ahead = ByteBuffer.allocateDirect(BATCH_LENGTH).limit(0);
    private final ByteBuffer behind = ByteBuffer.allocateDirect(BATCH_LENGTH);
    private boolean isGathering;
    private boolean isDrained;

    RecordSocket(final SocketChannel socket) {
        this.socket = socket;
    }

    /** A selector tells of the socket, or may tell of it again. */
    void look() {
        isDrained = false;
    }

    @Override
    public int read(final ByteBuffer into) throws IOException {
        if (!ahead.hasRemaining()) {
            if (isDrained) {
                return 0;
            }
            final int got = socket.read(ahead.clear());
            isDrained = !socket.isBlocking() && got >= 0 && ahead.hasRemaining();
            ahead.flip();
            if (got <= 0) {
                return got;
            }
        }
        final int part = Math.min(ahead.remaining(), into.remaining());
        into.put(into.position(), ahead, ahead.position(), part).position(into.position() + part);
        ahead.position(ahead.position() + part);
        return part;
    }

    /** What is written from here on waits until there is no more room, or for {@link #flush}. */
    void gather() {
        isGathering = true;
    }

    /** Ends gathering, and gives the socket what it takes; says whether that was all. */
    boolean flush() throws IOException {
        isGathering = false;
        return behind.position() == 0 || passOn();
    }

    private boolean passOn() throws IOException {
        behind.flip();
        socket.write(behind);
        behind.compact();
        return behind.position() == 0;
    }

    @Override
    public int write(final ByteBuffer from) throws IOException {
        if (!isGathering) {
            return flush() ? socket.write(from) : 0;
        }
        final int length = from.remaining();
        if (length > behind.remaining() && !passOn()) {
            return 0;
        }
        behind.put(from);
        return length;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
