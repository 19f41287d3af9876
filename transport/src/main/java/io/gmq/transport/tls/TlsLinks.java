package io.gmq.transport.tls;

import io.gmq.transport.tcp.ByteLink;
import io.gmq.transport.tcp.Links;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;

/** Makes the links of connections that speak TLS. Any selector's thread may use it. */
public final class TlsLinks implements Links {
    private static final int BUFFERS_KEPT = 512;
    /** More records at once are slower: they are out of the processor's caches when their turn comes. */
    private static final int BATCH_LENGTH = 64 * 1024;
    private static final int BATCHES_MAX = 128;

    private final ServerCertificates certificates;
    private final Executor tasks;
    private final byte[] toPlainClients;
    private final CipherBuffers buffers = new CipherBuffers(BUFFERS_KEPT);
    private final BatchBuffers batches = new BatchBuffers(BATCH_LENGTH, BATCHES_MAX);

    /**
     * @param tasks          does the long parts of handshakes: signing, agreeing on keys, checking certificates. When it rejects one,
     *                       the connection ends.
     * @param toPlainClients what a client gets that does not speak TLS.
     */
    public TlsLinks(final ServerCertificates certificates, final Executor tasks, final byte[] toPlainClients) {
        this.certificates = certificates;
        this.tasks = tasks;
        this.toPlainClients = toPlainClients.clone();
    }

    /** What a client gets for whom there is no room: fatal, internal_error, which comes before any handshake (RFC 8446, 6). */
    public static byte[] overloaded() {
        return new byte[] {21, 3, 3, 0, 2, 2, 80};
    }

    @Override
    public ByteLink open(final SocketChannel channel, final Runnable resumed) {
        return new TlsLink(channel, certificates, buffers, batches, toPlainClients, task -> tasks.execute(() -> {
            task.run();
            resumed.run();
        }));
    }
}
