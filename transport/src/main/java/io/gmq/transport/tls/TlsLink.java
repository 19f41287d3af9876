package io.gmq.transport.tls;

import io.gmq.transport.tcp.ByteLink;
import io.gmq.transport.tcp.LinkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/**
 * The bytes of one client inside of TLS.
 *
 * <p>Belongs to the connection's selector thread, except while {@link #isBusy busy}: then a task of the handshake runs elsewhere, and
 * nothing here may touch the engine, which would wait for the task.
 */
final class TlsLink implements ByteLink {
    private static final int RECORD_LENGTH_MAX = 16 * 1024;
    private static final byte[] NOTHING = {};
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);
    /** An engine that has failed says so once or twice before it gives the alert. */
    private static final int ALERT_TRIES = 3;

    private final SocketChannel socket;
    private final TlsSocket records;
    private final TlsChannel channel;
    private final Executor tasks;
    private String subject;
    private boolean isEstablished;
    private boolean hasUnread;
    private boolean hasUnwritten;
    private IOException failure;
    private volatile boolean isBusy;

    TlsLink(
        final SocketChannel socket, final ServerCertificates certificates, final CipherBuffers buffers, final BatchBuffers batches,
        final byte[] toPlainClients, final Executor tasks) {
        this.socket = socket;
        this.tasks = tasks;
        records = new TlsSocket(socket, batches, toPlainClients);
        channel = ServerTlsChannel.newBuilder(records, certificates.context())
            .withEngineFactory(certificates::newEngine)
            .withSessionInitCallback(this::onEstablished)
            .withRunTasks(false)
            .withPlainBufferAllocator(buffers)
            .withEncryptedBufferAllocator(buffers)
            .build();
    }

    private void onEstablished(final SSLSession session) {
        subject = commonName(session);
        isEstablished = true;
    }

    private static String commonName(final SSLSession session) {
        try {
            final X500Principal principal = (X500Principal) session.getPeerPrincipal();
            final List<Rdn> names = new LdapName(principal.getName(X500Principal.RFC2253)).getRdns();
            for (int i = names.size() - 1; i >= 0; i--) {
                if (names.get(i).getType().equalsIgnoreCase("CN") && names.get(i).getValue() instanceof String name) {
                    return name;
                }
            }
            return null;
        } catch (final SSLPeerUnverifiedException | InvalidNameException e) {
            return null;
        }
    }

    /** Reads records until there is no room for another one, or no more of them: no selector would tell of what stays here. */
    @Override
    public int read(final ByteBuffer into) throws IOException {
        hasUnread = false;
        if (isBusy) {
            return 0;
        }
        if (failure != null) {
            throw failure;
        }
        final int from = into.position();
        final boolean wasEstablished = isEstablished;
        records.look();
        try {
            do {
                // Before, a task may come between, and what is read ahead would have to wait for it.
                records.readAheadAtMost(isEstablished ? into.remaining() : 0);
                if (channel.read(into) < 0) {
                    return endOr(into.position() - from);
                }
            } while (hasRoom(into) || records.isAhead());
            hasUnread = true;
        } catch (final NeedsReadException e) {
            // A handshake writes before it reads; later, a read says nothing of what waits to be written.
            hasUnwritten &= wasEstablished;
        } catch (final NeedsWriteException e) {
            hasUnwritten = true;
        } catch (final NeedsTaskException e) {
            runElsewhere(e.getTask());
        } catch (final IOException e) {
            failure = failed(e);
            if (into.position() == from) {
                throw failure;
            }
            hasUnread = true;
        }
        return into.position() - from;
    }

    private boolean hasRoom(final ByteBuffer into) {
        if (into.remaining() >= RECORD_LENGTH_MAX) {
            return true;
        }
        records.lookAway();
        return false;
    }

    /** What was read before the end comes first. */
    private int endOr(final int got) {
        records.forgetAhead();
        hasUnread = got > 0;
        return got > 0 ? got : -1;
    }

    private void runElsewhere(final Runnable task) throws LinkException {
        hasUnread = true;
        isBusy = true;
        try {
            tasks.execute(() -> {
                try {
                    task.run();
                } finally {
                    isBusy = false;
                }
            });
        } catch (final RejectedExecutionException e) {
            isBusy = false;
            throw new LinkException("more handshakes are going on than there is room for", NOTHING, e);
        }
    }

    @Override
    public long write(final ByteBuffer[] from, final int offset, final int count) throws IOException {
        if (isBusy || !isEstablished) {
            return 0;
        }
        final long before = remaining(from, offset, count);
        try {
            if (!records.flush()) {
                hasUnwritten = true;
                return 0;
            }
            if (before > RECORD_LENGTH_MAX) {
                records.gather();
            }
            channel.write(from, offset, count);
            hasUnwritten = !records.flush();
            if (remaining(from, offset, count) > 0) {
                // With TLS 1.2, a client that ends its half ends the broker's too.
                throw new ClosedChannelException();
            }
        } catch (final NeedsWriteException e) {
            hasUnwritten = true;
        } catch (final SSLException e) {
            throw failed(e);
        }
        return before - remaining(from, offset, count);
    }

    private static long remaining(final ByteBuffer[] buffers, final int offset, final int count) {
        long bytes = 0;
        for (int i = offset; i < offset + count; i++) {
            bytes += buffers[i].remaining();
        }
        return bytes;
    }

    @Override
    public long write(final ByteBuffer[] from) throws IOException {
        return write(from, 0, from.length);
    }

    @Override
    public int write(final ByteBuffer from) throws IOException {
        return (int) write(new ByteBuffer[] {from}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        if (isBusy) {
            return;
        }
        hasUnread = true;
        try {
            if (!records.flush()) {
                hasUnwritten = true;
                return;
            }
            channel.write(NO_BYTES);
            hasUnwritten = false;
        } catch (final NeedsReadException e) {
            hasUnwritten = false;
        } catch (final NeedsWriteException e) {
            hasUnwritten = true;
        } catch (final NeedsTaskException e) {
            hasUnwritten = false;
            runElsewhere(e.getTask());
        } catch (final SSLException e) {
            throw failed(e);
        }
    }

    /** The engine's failure, with the alert that tells the client; other failures as they are. */
    private IOException failed(final IOException e) throws IOException {
        if (!(e instanceof SSLException)) {
            return e;
        }
        records.flush();
        return new LinkException("TLS: " + e.getMessage(), alert(), e);
    }

    private byte[] alert() {
        final SSLEngine engine = channel.getSslEngine();
        final ByteBuffer alert = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        for (int i = 0; i < ALERT_TRIES && alert.position() == 0; i++) {
            try {
                engine.wrap(NO_BYTES.duplicate(), alert);
            } catch (final SSLException again) {
                failure = again;
            }
        }
        return Arrays.copyOf(alert.array(), alert.position());
    }

    @Override
    public SocketChannel socket() {
        return socket;
    }

    @Override
    public boolean hasUnread() {
        return hasUnread && !isBusy;
    }

    @Override
    public boolean hasUnwritten() {
        return hasUnwritten;
    }

    @Override
    public boolean isBusy() {
        return isBusy;
    }

    @Override
    public boolean isEstablished() {
        return isEstablished;
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String certificateSubject() {
        return subject;
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (isEstablished && !isBusy && failure == null) {
            try {
                channel.shutdown();
            } catch (final NeedsWriteException e) {
                hasUnwritten = false; // the client does not read, so it has no use for a last word
            }
        }
        records.forget();
        socket.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    /** Says goodbye where that is possible at once. */
    @Override
    public void close() throws IOException {
        if (isBusy) {
            records.close();
        } else {
            channel.close();
        }
    }
}
