package io.gmq.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Connections that say hello and then nothing. */
public final class IdleConnections implements AutoCloseable {
    /** So many greet before the first answer is read. */
    private static final int AT_A_TIME = 64;

    private final List<SocketChannel> channels = new ArrayList<>();

    /** Opens them, and waits until all are welcome; hears how many are. */
    public IdleConnections(final Wire wire, final InetSocketAddress address, final int count, final IntConsumer opened) {
        try {
            while (channels.size() < count) {
                open(wire, address, Math.min(AT_A_TIME, count - channels.size()));
                opened.accept(channels.size());
            }
        } catch (final IOException e) {
            close();
            throw new LoadException("could not open connection " + (channels.size() + 1) + " of " + count + ": " + e.getMessage(), e);
        }
    }

    private void open(final Wire wire, final InetSocketAddress address, final int count) throws IOException {
        final List<SocketChannel> now = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final SocketChannel channel = SocketChannel.open(address);
            channels.add(channel);
            now.add(channel);
            channel.write(ByteBuffer.wrap(wire.idle()));
        }
        if (wire.idle().length > 0) {
            final ByteBuffer reply = ByteBuffer.allocate(4096);
            for (final SocketChannel channel : now) {
                if (channel.read(reply.clear()) <= 0) {
                    throw new IOException("the broker has closed it");
                }
            }
        }
    }

    /** How many there are. */
    public int size() {
        return channels.size();
    }

    @Override
    public void close() {
        for (final SocketChannel channel : channels) {
            try {
                channel.close();
            } catch (final IOException e) {
                // It is gone either way.
            }
        }
    }
}
