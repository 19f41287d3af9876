package io.gmq.transport.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.SocketChannel;

/**
 * The bytes from and to one client: as they are on its socket, or inside of TLS. Never blocks: where it cannot go on, it returns
 * with less, and says what it waits for.
 *
 * <p>Belongs to the connection's selector thread. The buffers are the caller's.
 *
 * <p>Reading and writing throw a {@link LinkException} where client and broker do not understand each other.
 */
public interface ByteLink extends GatheringByteChannel {
    /** The socket below. What is written there goes out as it is. */
    SocketChannel socket();

    /** Reads what there is: the number of bytes, 0 if there is none at the moment, -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Whether there may be bytes to read that no selector tells of, since they have left the socket already. */
    boolean hasUnread();

    /** Whether bytes wait here for the socket to take them. */
    boolean hasUnwritten();

    /** Gives the socket what waits here. */
    void flush() throws IOException;

    /** Whether another thread is at work for this link, so that it can neither be read nor written until it is resumed. */
    boolean isBusy();

    /** Whether both sides have agreed on how to talk, so that bytes of the client can come. */
    boolean isEstablished();

    /** Whether nobody between can read what is said. */
    boolean isSecure();

    /** The common name in the certificate that the client has proved to own, or {@code null} if it has shown none. */
    String certificateSubject();

    /** Ends the broker's half: the client reads to the end of what was written. */
    void shutdownOutput() throws IOException;
}
