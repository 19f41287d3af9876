package io.gmq.bench.attack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A client like most: publishes a message and takes it again, some hundred times a second, on one connection, and measures how long
 * each reply takes from when its request was due. For one thread.
 */
final class ModestClient implements AutoCloseable {
    /** Requests a second: the rest of the time it waits. */
    static final int RATE = 500;

    private static final int PATIENCE_MS = 60_000;
    private static final long SPIN_NS = 100_000;
    private static final byte[] PUBLISH = ("{\"operation\":\"publish\",\"queue\":\"modest\",\"durability\":\"memory\",\"text\":\"" + "m".repeat(200)
        + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAKE = "{\"operation\":\"take\",\"queue\":\"modest\",\"lease_ms\":0,\"durability\":\"memory\"}\n"
        .getBytes(StandardCharsets.US_ASCII);
    private static final String CONFIRMED = "\"confirmation\":\"Y\"";

    private final Socket socket;
    private final InputStream in;
    private final byte[] line = new byte[4096];

    ModestClient(final InetSocketAddress broker) throws IOException {
        socket = new Socket(broker.getAddress(), broker.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        in = socket.getInputStream();
    }

    /**
     * Works for some seconds.
     *
     * @return how long the replies took, in nanoseconds.
     * @throws IOException if a request is refused or the broker ends the connection.
     */
    Histogram work(final int seconds) throws IOException {
        final Histogram histogram = new Histogram(TimeUnit.HOURS.toNanos(1), 3);
        final long intervalNs = TimeUnit.SECONDS.toNanos(1) / RATE;
        final long startNs = System.nanoTime();
        for (int i = 0; i < seconds * RATE; i++) {
            final long dueNs = startNs + i * intervalNs;
            await(dueNs);
            socket.getOutputStream().write(i % 2 == 0 ? PUBLISH : TAKE);
            readConfirmation();
            histogram.recordValue(System.nanoTime() - dueNs);
        }
        return histogram;
    }

    /** Puts messages into a queue, for those who will ask for them. */
    void fill(final String queue, final int count, final int bytes) throws IOException {
        final byte[] request = ("{\"operation\":\"publish\",\"queue\":\"" + queue + "\",\"durability\":\"memory\",\"text\":\"" + "b".repeat(bytes) + "\"}\n")
            .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            socket.getOutputStream().write(request);
            readConfirmation();
        }
    }

    private static void await(final long dueNs) {
        long leftNs = dueNs - System.nanoTime();
        while (leftNs > 0) {
            if (leftNs > 2 * SPIN_NS) {
                LockSupport.parkNanos(leftNs - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
            leftNs = dueNs - System.nanoTime();
        }
    }

    private void readConfirmation() throws IOException {
        int length = 0;
        while (length == 0 || line[length - 1] != '\n') {
            final int got = in.read(line, length, line.length - length);
            if (got <= 0) {
                throw new EOFException("the broker has ended the modest client's connection");
            }
            length += got;
        }
        final String reply = new String(line, 0, length, StandardCharsets.UTF_8);
        if (!reply.contains(CONFIRMED)) {
            throw new IOException("the modest client was refused: " + reply.strip());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
