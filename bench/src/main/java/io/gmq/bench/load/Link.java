package io.gmq.bench.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** A connection: its socket, and what is left of the last read. Belongs to the thread whose selector it is registered with. */
abstract class Link {
    private static final byte[] NOTHING = new byte[0];

    private final SocketChannel socket;
    private final Optional<SecureChannel> tls;
    private final ByteChannel channel;
    private final SelectionKey key;
    private final Side side;
    private byte[] left = NOTHING;
    private int leftLength;
    private boolean isWriteWanted;

    Link(final Endpoint endpoint, final Selector selector, final Side side) {
        this.side = side;
        try {
            socket = SocketChannel.open();
            socket.connect(endpoint.address());
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            tls = endpoint.over(socket);
            channel = tls.isPresent() ? tls.get() : socket;
            socket.configureBlocking(false);
            key = socket.register(selector, SelectionKey.OP_READ, this);
        } catch (final IOException e) {
            throw new LoadException("cannot connect to " + endpoint.address().getHostString() + ":" + endpoint.address().getPort() + ": " + e.getMessage(), e);
        }
    }

    boolean isOpen() {
        return side.isOpen();
    }

    SocketChannel channel() {
        return socket;
    }

    /** Reads what there is, and lets the side see it. */
    final void read(final Input input, final Tally tally, final Timeline timeline) throws IOException {
        do {
            readOnce(input, tally, timeline);
        } while (tls.isPresent() && tls.get().hasUnread());
    }

    private void readOnce(final Input input, final Tally tally, final Timeline timeline) throws IOException {
        final int got = input.read(channel, left, leftLength);
        if (got <= 0) {
            if (got < 0) {
                throw new LoadException("the broker has closed a connection");
            }
            return;
        }
        // What has come is late until it has been read.
        tally.at(timeline.nowNs());
        final int to = leftLength + got;
        final int consumed = side.read(input.view(), 0, to, tally);
        leftLength = to - consumed;
        if (leftLength > 0) {
            if (leftLength > input.capacity() / 2) {
                throw new LoadException("the broker's reply is longer than any that this can be");
            }
            if (leftLength > left.length) {
                left = new byte[Math.max(1024, 2 * leftLength)];
            }
            input.view().getBytes(consumed, left, 0, leftLength);
        }
        onRead(tally);
    }

    /** What a read has brought is in the tally. */
    abstract void onRead(Tally tally);

    /** Writes what waits, as far as the socket takes it; true where some has gone. */
    final boolean flush() throws IOException {
        if (tls.isPresent() && tls.get().hasUnwritten()) {
            tls.get().flush();
        }
        final int written = tls.isPresent() && tls.get().hasUnwritten() ? 0 : write(channel);
        final boolean isMore = hasOutput() || tls.isPresent() && tls.get().hasUnwritten();
        if (isMore != isWriteWanted) {
            isWriteWanted = isMore;
            key.interestOps(isMore ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
        return written > 0;
    }

    abstract int write(WritableByteChannel to) throws IOException;

    abstract boolean hasOutput();

    final void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            // It is gone either way.
        }
    }
}
