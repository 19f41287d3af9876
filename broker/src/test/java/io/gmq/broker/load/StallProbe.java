package io.gmq.broker.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a broker keeps everybody waiting while it holds many messages and others use it: one client sends one ping after the
 * other and notes the longest times between two replies; another publishes, takes and settles in a second queue, so that segments
 * fill and snapshots are taken. Run by hand.
 *
 * <pre>
 *   StallProbe HOST:PORT HELD BYTES SECONDS WINDOW DURABILITY
 * </pre>
 */
public final class StallProbe {
    private static final int BATCH = 500;
    private static final int FILL_WINDOW = 16;

    private StallProbe() {
    }

    public static void main(final String[] args) throws Exception {
        final String[] address = args[0].split(":");
        final InetSocketAddress broker = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
        final int held = Integer.parseInt(args[1]);
        final String text = "x".repeat(Integer.parseInt(args[2]));
        final long endNs = Integer.parseInt(args[3]) * 1_000_000_000L;
        final int window = Integer.parseInt(args[4]);
        fill(broker, held, text);
        final AtomicBoolean isOver = new AtomicBoolean();
        final AtomicLong moved = new AtomicLong();
        final Thread traffic = new Thread(() -> move(broker, text, window, args[5], isOver, moved), "traffic");
        traffic.start();
        final long[] gapsNs = ping(broker, endNs);
        isOver.set(true);
        traffic.join();
        Arrays.sort(gapsNs);
        System.out.printf(Locale.ROOT, "%d held, %,d pings, %,d messages moved: gap p50 %.2f p99 %.2f p99.9 %.2f ms, longest %s ms%n", held,
            gapsNs.length, moved.get(), gapsNs[gapsNs.length / 2] / 1e6, gapsNs[(int) (gapsNs.length * 0.99)] / 1e6,
            gapsNs[(int) (gapsNs.length * 0.999)] / 1e6, longest(gapsNs));
    }

    private static String longest(final long[] sortedNs) {
        final StringBuilder text = new StringBuilder();
        for (int i = sortedNs.length - 1; i >= Math.max(0, sortedNs.length - 5); i--) {
            text.append(String.format(Locale.ROOT, "%.2f ", sortedNs[i] / 1e6));
        }
        return text.toString().trim();
    }

    private static void fill(final InetSocketAddress broker, final int held, final String text) throws IOException {
        final StringBuilder frame = new StringBuilder("{\"operation\":\"publish\",\"queue\":\"held\",\"durability\":\"written\",\"messages\":[");
        for (int i = 0; i < BATCH; i++) {
            frame.append(i == 0 ? "" : ",").append("{\"text\":\"").append(text).append("\"}");
        }
        final byte[] bytes = frame.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = connect(broker)) {
            final InputStream in = new BufferedInputStream(socket.getInputStream());
            int inFlight = 0;
            for (int done = 0; done < held; done += BATCH) {
                socket.getOutputStream().write(bytes);
                if (++inFlight == FILL_WINDOW) {
                    line(in);
                    inFlight--;
                }
            }
            for (; inFlight > 0; inFlight--) {
                line(in);
            }
        }
    }

    private static long[] ping(final InetSocketAddress broker, final long lengthNs) throws IOException {
        final byte[] ping = "{\"operation\":\"ping\"}\n".getBytes(StandardCharsets.US_ASCII);
        long[] gapsNs = new long[1 << 16];
        int count = 0;
        try (Socket socket = connect(broker)) {
            final InputStream in = new BufferedInputStream(socket.getInputStream());
            final OutputStream out = socket.getOutputStream();
            final long startNs = System.nanoTime();
            long lastNs = startNs;
            while (lastNs - startNs < lengthNs) {
                out.write(ping);
                line(in);
                final long nowNs = System.nanoTime();
                if (count == gapsNs.length) {
                    gapsNs = Arrays.copyOf(gapsNs, count * 2);
                }
                gapsNs[count++] = nowNs - lastNs;
                lastNs = nowNs;
            }
        }
        return Arrays.copyOf(gapsNs, count);
    }

    private static void move(
        final InetSocketAddress broker, final String text, final int window, final String durability, final AtomicBoolean isOver,
        final AtomicLong moved) {
        final String one = "{\"operation\":\"publish\",\"queue\":\"moved\",\"durability\":\"" + durability + "\",\"text\":\"" + text + "\"}\n"
            + "{\"operation\":\"S\",\"queue\":\"moved\"}\n";
        final byte[] bytes = one.repeat(window).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = connect(broker)) {
            socket.getOutputStream().write("{\"operation\":\"ping\"}\n".getBytes(StandardCharsets.US_ASCII));
            final InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            line(in);
            while (!isOver.get()) {
                socket.getOutputStream().write(bytes);
                for (int i = 0; i < 2 * window; i++) {
                    line(in);
                }
                moved.addAndGet(window);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connect(final InetSocketAddress broker) throws IOException {
        final Socket socket = new Socket(broker.getAddress(), broker.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void line(final InputStream in) throws IOException {
        int next = in.read();
        if (next != '{') {
            throw new IOException("no frame came");
        }
        while (next != '\n') {
            next = in.read();
            if (next < 0) {
                throw new IOException("the broker has closed the connection");
            }
        }
    }
}
