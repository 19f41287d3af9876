package io.gmq.transport.tcp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/** Connections without sockets, for tests of what stands before and behind them; their selector never runs. */
public final class TestConnections implements AutoCloseable {
    private final Selector selector;
    private final SelectorAgent agent;

    public TestConnections() {
        try {
            selector = Selector.open();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final TcpSettings settings = new TcpSettings(100, 1 << 20, 1 << 20, 64 << 20, 64 << 20, 0);
        agent = new SelectorAgent("test", selector, new SelectorIdleStrategy(selector), settings, new ConnectionCount(100, 100, 0), new ChunkPool(16, Long.MAX_VALUE),
            connection -> null, new byte[0], () -> 0);
    }

    public Connection open(final long id) {
        final Connection connection = new Connection(id, agent, null, null, new OutboundQueue(new ChunkPool(16, Long.MAX_VALUE)));
        connection.link = Links.PLAIN.open(null, () -> { });
        return connection;
    }

    /** What has been sent to a connection since this was last asked: its client reads all there is. */
    public static String read(final Connection connection) {
        return read(connection, Integer.MAX_VALUE);
    }

    /** The same where the client reads only so many bytes. */
    public static String read(final Connection connection, final int most) {
        final Sink sink = new Sink(most);
        try {
            connection.outbound.flush(sink);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        connection.onFlushed();
        return sink.text.toString();
    }

    /** Whether the connection ends when its output is flushed. */
    public static boolean isEnding(final Connection connection) {
        return connection.isClosingAfterFlush();
    }

    public static boolean isAllAnswered(final Connection connection) {
        return connection.isAllAnswered();
    }

    /** Its client is gone. */
    public static void close(final Connection connection) {
        connection.markClosed();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    /** Takes some bytes, and then no more. */
    private static final class Sink implements GatheringByteChannel {
        private final StringBuilder text = new StringBuilder();
        private int room;

        Sink(final int room) {
            this.room = room;
        }

        @Override
        public int write(final ByteBuffer bytes) {
            final byte[] taken = new byte[Math.min(room, bytes.remaining())];
            bytes.get(taken);
            room -= taken.length;
            text.append(new String(taken, StandardCharsets.ISO_8859_1));
            return taken.length;
        }

        @Override
        public long write(final ByteBuffer[] bytes, final int from, final int count) {
            long all = 0;
            for (int i = from; i < from + count; i++) {
                all += write(bytes[i]);
            }
            return all;
        }

        @Override
        public long write(final ByteBuffer[] bytes) {
            return write(bytes, 0, bytes.length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
