package io.gmq.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are on the socket. A client that begins with TLS gets an answer that it understands, instead of none. */
final class PlainLink implements ByteLink {
    /** The type of a record in which TLS begins; no frame does. */
    private static final byte TLS_HANDSHAKE = 22;
    /** A record of two bytes: fatal, protocol_version (RFC 8446, 6). */
    private static final byte[] TLS_ALERT = {21, 3, 1, 0, 2, 2, 70};

    private final SocketChannel channel;
    private boolean hasRead;

    PlainLink(final SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public SocketChannel socket() {
        return channel;
    }

    @Override
    public int read(final ByteBuffer into) throws IOException {
        final int got = channel.read(into);
        if (!hasRead && got > 0) {
            hasRead = true;
            if (into.get(into.position() - got) == TLS_HANDSHAKE) {
                throw new LinkException("it speaks TLS on a port that does not", TLS_ALERT, null);
            }
        }
        return got;
    }

    @Override
    public int write(final ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public long write(final ByteBuffer[] from) throws IOException {
        return channel.write(from);
    }

    @Override
    public long write(final ByteBuffer[] from, final int offset, final int count) throws IOException {
        return channel.write(from, offset, count);
    }

    @Override
    public boolean hasUnread() {
        return false;
    }

    @Override
    public boolean hasUnwritten() {
        return false;
    }

    @Override
    public void flush() {
        // nothing is kept here
    }

    @Override
    public boolean isBusy() {
        return false;
    }

    @Override
    public boolean isEstablished() {
        return true;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public String certificateSubject() {
        return null;
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
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
