package io.gmq.transport.tcp;

import java.nio.channels.SocketChannel;

/** Makes the link of each new connection of a listener. Called on the connection's selector thread. */
@FunctionalInterface
public interface Links {
    /** Bytes as they are. */
    Links PLAIN = (channel, resumed) -> new PlainLink(channel);

    /**
     * @param channel the client's, not blocking.
     * @param resumed to be called, from whatever thread, when the link has been {@link ByteLink#isBusy busy} and is no more.
     */
    ByteLink open(SocketChannel channel, Runnable resumed);
}
