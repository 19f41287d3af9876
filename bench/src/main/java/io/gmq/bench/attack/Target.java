package io.gmq.bench.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The broker that is attacked, as the attacker sees it. For one thread. */
final class Target {
    private static final int RECEIVE_BYTES = 16 << 10;

    private final InetSocketAddress address;
    private final BooleanSupplier goesOn;
    private Runnable begun;

    /** @param begun called once, when the attack is in full swing. */
    Target(final InetSocketAddress address, final BooleanSupplier goesOn, final Runnable begun) {
        this.address = address;
        this.goesOn = goesOn;
        this.begun = begun;
    }

    /** The attack has done once what it does again and again. */
    void hasBegun() {
        begun.run();
        begun = () -> { };
    }

    /** Whether the attack is to go on. */
    boolean goesOn() {
        return goesOn.getAsBoolean();
    }

    /** Connects; the channel does not block. {@code null} where the broker or the system refuses. */
    SocketChannel tryConnect() {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
            channel.connect(address);
            channel.configureBlocking(false);
            return channel;
        } catch (final IOException e) {
            close(channel);
            return null;
        }
    }

    /** Sends as much of it as the system takes at once; says whether the connection is still there. */
    static boolean send(final SocketChannel channel, final ByteBuffer bytes) {
        try {
            channel.write(bytes);
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    /** Breaks the connection instead of ending it. */
    static void reset(final SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (final IOException e) {
            close(channel);
        }
    }

    static void close(final SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                // it is gone either way
            }
        }
    }

    /** Waits, so that an attack has the rate that it says. */
    static void pause(final long micros) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }
}
