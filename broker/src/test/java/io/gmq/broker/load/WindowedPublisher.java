package io.gmq.broker.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/** Publishes messages one by one, with a window of them unconfirmed, and takes none. What does more is {@code gmq bench}. */
final class WindowedPublisher {
    private WindowedPublisher() {
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
}
