package io.gmq.broker.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;

/**
 * A first measure of a running broker: one producer publishes messages one by one, with a window of them unconfirmed; one
 * consumer takes and settles them; the clock stops when the last one is settled. Not a test: it is run by hand, and gives way
 * to the benchmarks.
 *
 * <pre>
 *   LoadProbe HOST:PORT MESSAGES BYTES WINDOW DURABILITY AS [PID]
 * </pre>
 *
 * <p>With the broker's process id it also says how much processor time the broker used.
 */
public final class LoadProbe {
    private static final int TAKE_MAX = 256;
    private static final int TAKES_IN_FLIGHT = 2;

    private LoadProbe() {
    }

    public static void main(final String[] args) throws Exception {
        final String[] address = args[0].split(":");
        final InetSocketAddress broker = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
        final int messages = Integer.parseInt(args[1]);
        final int bytes = Integer.parseInt(args[2]);
        final int window = Integer.parseInt(args[3]);
        final String durability = args[4];
        final String as = args[5];
        final long pid = args.length > 6 ? Long.parseLong(args[6]) : 0;
        final String queue = "probe-" + System.nanoTime();

        final double cpuBefore = cpuSeconds(pid);
        final long start = System.nanoTime();
        final Consumer consumer = new Consumer(broker, queue, messages, durability, as);
        final Thread taking = new Thread(consumer, "consumer");
        taking.start();
        publish(broker, queue, messages, bytes, window, durability, as);
        final double publishedS = (System.nanoTime() - start) / 1e9;
        taking.join();
        final double allS = (System.nanoTime() - start) / 1e9;
        final double cpu = cpuSeconds(pid) - cpuBefore;
        if (consumer.failure != null) {
            throw consumer.failure;
        }
        System.out.printf(Locale.ROOT, "%s %s %d x %d B, window %d: %,.0f messages/s (published at %,.0f/s)%s%n", durability, as, messages,
            bytes, window, messages / allS, messages / publishedS,
            pid == 0 ? "" : String.format(Locale.ROOT, ", broker %.2f CPU-s per million", cpu * 1e6 / messages));
    }

    static void publish(
        final InetSocketAddress broker,
        final String queue,
        final int messages,
        final int bytes,
        final int window,
        final String durability,
        final String as)
        throws IOException {
        try (Socket socket = connect(broker)) {
            final OutputStream out = socket.getOutputStream();
            final InputStream in = socket.getInputStream();
            final byte[] frame = publishFrame(queue, bytes, durability, as);
            final byte[] frames = new byte[frame.length * window];
            for (int i = 0; i < window; i++) {
                System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
            }
            final byte[] replies = new byte[256 * 1024];
            int sent = 0;
            int confirmed = 0;
            while (confirmed < messages) {
                final int now = Math.min(window - (sent - confirmed), messages - sent);
                if (now > 0) {
                    out.write(frames, 0, now * frame.length);
                    sent += now;
                }
                final int got = in.read(replies);
                confirmed += countLines(replies, got);
                if (replies[16] == 'N') {
                    throw new IOException("refused: " + new String(replies, 0, Math.min(got, 500), StandardCharsets.UTF_8));
                }
            }
        }
    }

    private static byte[] publishFrame(final String queue, final int bytes, final String durability, final String as) {
        final byte[] payload = new byte[bytes];
        final Random random = new Random(1);
        for (int i = 0; i < bytes; i++) {
            payload[i] = (byte) ('a' + random.nextInt(26));
        }
        final String value = as.equals("text") ? new String(payload, StandardCharsets.US_ASCII) : Base64.getEncoder().encodeToString(payload);
        return ("{\"operation\":\"publish\",\"queue\":\"" + queue + "\",\"" + as + "\":\"" + value + "\",\"durability\":\"" + durability
            + "\"}\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static int countLines(final byte[] bytes, final int to) throws IOException {
        if (to < 0) {
            throw new IOException("the broker has closed the connection");
        }
        int lines = 0;
        for (int i = 0; i < to; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private static Socket connect(final InetSocketAddress broker) throws IOException {
        final Socket socket = new Socket(broker.getAddress(), broker.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static double cpuSeconds(final long pid) throws IOException {
        if (pid == 0) {
            return 0;
        }
        final String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** Takes up to so many at a time, and settles each reply's range with the next take in one write. */
    private static final class Consumer implements Runnable {
        private final InetSocketAddress broker;
        private final int messages;
        private final byte[] take;
        private final String ack;
        private Exception failure;
        private long firstId;
        private long lastId;
        private int listed;

        private Consumer(final InetSocketAddress broker, final String queue, final int messages, final String durability, final String as) {
            this.broker = broker;
            this.messages = messages;
            take = ("{\"id\":1,\"operation\":\"take\",\"queue\":\"" + queue + "\",\"max\":" + TAKE_MAX + ",\"wait_ms\":10000,\"as\":\"" + as + "\"}\n")
                .getBytes(StandardCharsets.US_ASCII);
            ack = "{\"id\":2,\"operation\":\"ack\",\"queue\":\"" + queue + "\",\"durability\":\"" + durability + "\",\"from\":";
        }

        @Override
        public void run() {
            try (Socket socket = connect(broker)) {
                final OutputStream out = socket.getOutputStream();
                final InputStream in = socket.getInputStream();
                for (int i = 0; i < TAKES_IN_FLIGHT; i++) {
                    out.write(take);
                }
                byte[] buffer = new byte[1 << 20];
                int length = 0;
                int acked = 0;
                while (acked < messages) {
                    if (length == buffer.length) {
                        buffer = java.util.Arrays.copyOf(buffer, length * 2);
                    }
                    final int got = in.read(buffer, length, buffer.length - length);
                    if (got < 0) {
                        throw new IOException("the broker has closed the connection");
                    }
                    int from = 0;
                    int scan = length;
                    length += got;
                    for (; scan < length; scan++) {
                        if (buffer[scan] == '\n') {
                            acked += onReply(buffer, from, scan, out);
                            from = scan + 1;
                        }
                    }
                    System.arraycopy(buffer, from, buffer, 0, length - from);
                    length -= from;
                }
            } catch (final IOException e) {
                failure = e;
            }
        }

        private int onReply(final byte[] in, final int from, final int to, final OutputStream out) throws IOException {
            if (in[from + 6] == '2') {
                return number(in, indexOf(in, from, to, "\"acked\":") + 8);
            }
            list(in, from, to);
            if (listed > 0) {
                out.write((ack + firstId + ",\"to\":" + lastId + "}\n" + new String(take, StandardCharsets.US_ASCII))
                    .getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(take);
            }
            return 0;
        }

        /** Finds the first and the last id; messages are known to be of one length, so the last lies near the end. */
        private void list(final byte[] in, final int from, final int to) {
            listed = 0;
            final int first = indexOf(in, from, to, "{\"message\":");
            if (first < 0) {
                return;
            }
            firstId = longNumber(in, first + 11);
            int last = to - 11;
            while (!isAt(in, last, "{\"message\":")) {
                last--;
            }
            lastId = longNumber(in, last + 11);
            listed = 1;
        }

        private static int indexOf(final byte[] in, final int from, final int to, final String what) {
            for (int i = from; i < to - what.length(); i++) {
                if (isAt(in, i, what)) {
                    return i;
                }
            }
            return -1;
        }

        private static boolean isAt(final byte[] in, final int at, final String what) {
            for (int i = 0; i < what.length(); i++) {
                if (in[at + i] != what.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private static int number(final byte[] in, final int at) {
            return (int) longNumber(in, at);
        }

        private static long longNumber(final byte[] in, final int at) {
            long value = 0;
            for (int i = at; in[i] >= '0' && in[i] <= '9'; i++) {
                value = value * 10 + in[i] - '0';
            }
            return value;
        }
    }
}
