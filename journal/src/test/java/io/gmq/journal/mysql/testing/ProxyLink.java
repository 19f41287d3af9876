package io.gmq.journal.mysql.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection through a {@link FaultProxy}. A packet of the protocol is
 *
 * <pre>
 *   length, 3 bytes little-endian | number, 1 byte | payload
 * </pre>
 *
 * and a statement's payload begins with the byte 3 and ends with its text.
 */
final class ProxyLink {
    private static final int HEADER_LENGTH = 4;
    private static final int STATEMENT = 3;
    /** The statement's byte, attributes that a client may put before the text, the text. */
    private static final int COMMIT_LENGTH_MAX = 16;
    private static final int GREETING = 10;
    /** What stands in a greeting between the end of the server's version and the flags: connection, salt and one byte. */
    private static final int VERSION_TO_FLAGS = 14;
    private static final int FLAG_TLS_IN_SECOND_BYTE = 0x08;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile boolean swallowing;

    ProxyLink(final FaultProxy proxy, final Socket client, final Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    void start() {
        proxy.opened(this);
        FaultProxy.inBackground(() -> run(this::fromClient));
        FaultProxy.inBackground(() -> run(this::fromServer));
    }

    void close() {
        proxy.closed(this);
        FaultProxy.closeQuietly(client);
        FaultProxy.closeQuietly(server);
    }

    private void run(final Pump pump) {
        try {
            pump.run();
        } catch (final IOException oneSideHasGone) {
            // so the other goes too
        } finally {
            close();
        }
    }

    private void fromClient() throws IOException {
        final DataInputStream in = new DataInputStream(client.getInputStream());
        final OutputStream out = server.getOutputStream();
        while (true) {
            final byte[] packet = packet(in);
            proxy.awaitThaw();
            if (isCommit(packet) && proxy.takeSwallowing()) {
                swallowing = true;
            }
            out.write(packet);
        }
    }

    private void fromServer() throws IOException {
        final InputStream in = server.getInputStream();
        final OutputStream out = client.getOutputStream();
        final byte[] greeting = packet(new DataInputStream(in));
        withoutTls(greeting);
        proxy.awaitThaw();
        out.write(greeting);
        final byte[] bytes = new byte[1 << 16];
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            proxy.awaitThaw();
            if (swallowing) {
                proxy.swallowedOne();
                return;
            }
            out.write(bytes, 0, length);
        }
    }

    private static byte[] packet(final DataInputStream in) throws IOException {
        final byte[] header = new byte[HEADER_LENGTH];
        in.readFully(header);
        final int length = Byte.toUnsignedInt(header[0]) | Byte.toUnsignedInt(header[1]) << 8 | Byte.toUnsignedInt(header[2]) << 16;
        final byte[] packet = new byte[HEADER_LENGTH + length];
        System.arraycopy(header, 0, packet, 0, HEADER_LENGTH);
        in.readFully(packet, HEADER_LENGTH, length);
        return packet;
    }

    private static boolean isCommit(final byte[] packet) {
        return packet.length <= HEADER_LENGTH + COMMIT_LENGTH_MAX && packet.length > HEADER_LENGTH && packet[HEADER_LENGTH] == STATEMENT
            && new String(packet, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT).endsWith("COMMIT");
    }

    private static void withoutTls(final byte[] greeting) {
        if (greeting.length > HEADER_LENGTH && greeting[HEADER_LENGTH] == GREETING) {
            int end = HEADER_LENGTH + 1;
            while (greeting[end] != 0) {
                end++;
            }
            greeting[end + VERSION_TO_FLAGS + 1] &= ~FLAG_TLS_IN_SECOND_BYTE;
        }
    }

    /** Moves bytes one way until it cannot. */
    private interface Pump {
        void run() throws IOException;
    }
}
