package io.gmq.transport.tls;

import io.gmq.transport.tcp.LinkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/**
 * The socket below TLS, which hands over one record at a time. Where there are more, it moves several of them at once: those that are
 * read ahead are handed out one after the other, those that are written while it {@link #gather gathers} leave together.
 *
 * <pre>
 *   socket ──► ahead  ──► record ──► engine
 *   socket ◄── behind ◄── record ◄── engine
 * </pre>
 *
 * <p>Also finds out who does not speak TLS by the first byte. Belongs to the connection's selector thread.
 */
final class TlsSocket implements ByteChannel {
    /** The type of the record in which a client begins. */
    private static final byte HANDSHAKE = 22;

    private final SocketChannel channel;
    private final BatchBuffers batches;
    private final byte[] toPlainClients;
    /** Read and not handed out yet; there is one only while it holds something. */
    private ByteBuffer ahead;
    private int aheadMax;
    private boolean isDrained;
    /** Taken and not written yet, up to its position; there is one only while gathering or while it holds something. */
    private ByteBuffer behind;
    private boolean isGathering;
    private boolean hasRead;

    TlsSocket(final SocketChannel channel, final BatchBuffers batches, final byte[] toPlainClients) {
        this.channel = channel;
        this.batches = batches;
        this.toPlainClients = toPlainClients;
    }

    /** A selector tells of the socket, or may tell of it again. */
    void look() {
        isDrained = false;
    }

    /** The socket is not read any more. */
    void lookAway() {
        isDrained = true;
    }

    /**
     * From here on, several records are read from the socket at once.
     *
     * @param bytes that the last of them may have made when all are read, with the one that is in the middle now.
     */
    void readAheadAtMost(final int bytes) {
        aheadMax = bytes;
    }

    /** Whether something has been read that is not handed out yet. */
    boolean isAhead() {
        return ahead != null;
    }

    @Override
    public int read(final ByteBuffer into) throws IOException {
        if (ahead == null) {
            if (isDrained) {
                return 0;
            }
            // What stands before the position is the beginning of a record.
            final int max = aheadMax - into.position();
            ahead = max > into.remaining() ? batches.tryTake() : null;
            if (ahead == null) {
                return readDirectly(into);
            }
            final int got = channel.read(ahead.limit(Math.min(max, ahead.capacity())));
            isDrained = got >= 0 && ahead.hasRemaining();
            ahead.flip();
            if (got <= 0) {
                forgetAhead();
                return got;
            }
        }
        final int part = Math.min(ahead.remaining(), into.remaining());
        into.put(into.position(), ahead, ahead.position(), part).position(into.position() + part);
        ahead.position(ahead.position() + part);
        if (!ahead.hasRemaining()) {
            forgetAhead();
        }
        return part;
    }

    private int readDirectly(final ByteBuffer into) throws IOException {
        final int got = channel.read(into);
        if (!hasRead && got > 0) {
            hasRead = true;
            if (into.get(into.position() - got) != HANDSHAKE) {
                throw new LinkException("it does not speak TLS on a port that does", toPlainClients, null);
            }
        }
        return got;
    }

    /** Nobody wants what has not been handed out. */
    void forgetAhead() {
        if (ahead != null) {
            batches.giveBack(ahead);
            ahead = null;
        }
    }

    /** What is written from here on waits until there is no more room, or for {@link #flush}. */
    void gather() {
        isGathering = true;
        if (behind == null) {
            behind = batches.tryTake();
        }
    }

    /** Ends gathering, and gives the socket what it takes; says whether that was all. */
    boolean flush() throws IOException {
        isGathering = false;
        if (behind == null) {
            return true;
        }
        if (!passOn()) {
            return false;
        }
        dropBehind();
        return true;
    }

    private boolean passOn() throws IOException {
        behind.flip();
        try {
            channel.write(behind);
        } finally {
            behind.compact();
        }
        return behind.position() == 0;
    }

    private void dropBehind() {
        batches.giveBack(behind);
        behind = null;
    }

    /** Takes all or nothing while it gathers, and nothing while the socket does not take what was gathered before. */
    @Override
    public int write(final ByteBuffer from) throws IOException {
        if (behind == null) {
            return channel.write(from);
        }
        if (!isGathering) {
            return flush() ? channel.write(from) : 0;
        }
        final int length = from.remaining();
        if (length > behind.remaining() && !passOn()) {
            return 0;
        }
        behind.put(from);
        return length;
    }

    /** Nor what has not been written. */
    void forget() {
        forgetAhead();
        if (behind != null) {
            dropBehind();
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        forget();
        channel.close();
    }
}
