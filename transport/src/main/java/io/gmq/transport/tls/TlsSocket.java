package io.gmq.transport.tls;

import io.gmq.transport.tcp.LinkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** The socket below TLS. Finds out who does not speak it by the first byte. */
final class TlsSocket implements ByteChannel {
    /** The type of the record in which a client begins. */
    private static final byte HANDSHAKE = 22;

    private final SocketChannel channel;
    private final byte[] toPlainClients;
    private boolean hasRead;

    TlsSocket(final SocketChannel channel, final byte[] toPlainClients) {
        this.channel = channel;
        this.toPlainClients = toPlainClients;
    }

    @Override
    public int read(final ByteBuffer into) throws IOException {
        final int got = channel.read(into);
        if (!hasRead && got > 0) {
            hasRead = true;
            if (into.get(into.position() - got) != HANDSHAKE) {
                throw new LinkException("it does not speak TLS on a port that does", toPlainClients, null);
            }
        }
        return got;
    }

    @Override
    public int write(final ByteBuffer from) throws IOException {
        return channel.write(from);
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
