package io.gmq.bench.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Many connections on each of which the same is sent again and again, so many bytes at a time, and nothing is ever read: slow senders,
 * readers that never read, frames without end, and connections that say nothing. In each round one that the broker has ended is opened
 * again.
 */
final class Crowd implements Attack {
    private final String name;
    private final String what;
    private final int count;
    private final byte[] text;
    private final int atOnce;
    private final long roundMicros;

    /**
     * @param count       connections.
     * @param text        what is sent, over and over; empty for nothing.
     * @param atOnce      bytes of it in each round and on each connection, at most.
     * @param roundMicros between two rounds.
     */
    Crowd(final String name, final String what, final int count, final String text, final int atOnce, final long roundMicros) {
        this.name = name;
        this.what = what;
        this.count = count;
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.atOnce = atOnce;
        this.roundMicros = roundMicros;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public void run(final Target target) throws IOException {
        final SocketChannel[] channels = new SocketChannel[count];
        final ByteBuffer[] left = new ByteBuffer[count];
        try {
            for (int i = 0; i < count && target.goesOn(); i++) {
                channels[i] = target.tryConnect();
                left[i] = ByteBuffer.wrap(text);
            }
            while (target.goesOn()) {
                boolean mayConnect = true;
                for (int i = 0; i < count && target.goesOn(); i++) {
                    if (channels[i] == null && mayConnect) {
                        mayConnect = false;
                        channels[i] = target.tryConnect();
                        left[i] = ByteBuffer.wrap(text);
                    }
                    if (channels[i] != null && text.length > 0 && !send(channels[i], left[i])) {
                        Target.close(channels[i]);
                        channels[i] = null;
                    }
                }
                target.hasBegun();
                Target.pause(roundMicros);
            }
        } finally {
            for (final SocketChannel channel : channels) {
                Target.close(channel);
            }
        }
    }

    private boolean send(final SocketChannel channel, final ByteBuffer left) {
        if (!left.hasRemaining()) {
            left.clear();
        }
        left.limit(Math.min(left.capacity(), left.position() + atOnce));
        final boolean isThere = Target.send(channel, left);
        left.limit(left.capacity());
        return isThere;
    }
}
