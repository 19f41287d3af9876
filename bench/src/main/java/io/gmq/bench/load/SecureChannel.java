package io.gmq.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import tlschannel.ClientTlsChannel;
import tlschannel.HeapBufferAllocator;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/** TLS as a client's socket that does not block. Belongs to one thread. */
final class SecureChannel implements ByteChannel {
    private static final int RECORD_LENGTH_MAX = 16 * 1024;
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final RecordSocket records;
    private final TlsChannel channel;
    private boolean hasUnread;
    private boolean hasUnwritten;

    /**
     * Agrees with the broker; the socket blocks for that.
     *
     * @param engine a client's.
     */
    SecureChannel(final SocketChannel socket, final SSLEngine engine) throws IOException {
        records = new RecordSocket(socket);
        channel = ClientTlsChannel.newBuilder(records, engine).withReleaseBuffers(false).withEncryptedBufferAllocator(new HeapBufferAllocator())
            .build();
        channel.handshake();
    }

    @Override
    public int read(final ByteBuffer into) throws IOException {
        final int from = into.position();
        hasUnread = false;
        records.look();
        try {
            do {
                if (channel.read(into) < 0) {
                    return into.position() > from ? into.position() - from : -1;
                }
            } while (into.remaining() >= RECORD_LENGTH_MAX);
            hasUnread = true;
        } catch (final NeedsReadException e) {
            return into.position() - from;
        }
        return into.position() - from;
    }

    /** Whether there may be more that no selector tells of. */
    boolean hasUnread() {
        return hasUnread;
    }

    @Override
    public int write(final ByteBuffer from) throws IOException {
        final int before = from.remaining();
        try {
            if (!records.flush()) {
                hasUnwritten = true;
                return 0;
            }
            if (before > RECORD_LENGTH_MAX) {
                records.gather();
            }
            channel.write(from);
            hasUnwritten = !records.flush();
        } catch (final NeedsWriteException e) {
            hasUnwritten = true;
        }
        return before - from.remaining();
    }

    /** Whether what was taken waits for the socket. */
    boolean hasUnwritten() {
        return hasUnwritten;
    }

    void flush() throws IOException {
        write(NO_BYTES);
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
