package io.gmq.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A socket with any number of requests on their way.
 *
 * <pre>
 *   callers ──► out (under the lock) ──swap──► one write ──► socket ──► one read ──► futures
 * </pre>
 *
 * <p>Requests are appended to {@code out}. Whoever writes takes all of it at once: the writer thread, or, when nothing else is on its
 * way, the caller itself, which spares a lone request the hand-over to another thread. So batches grow with the load, and nothing
 * waits to fill one.
 *
 * <p>The reader thread reads replies, completes futures (what hangs on them runs there), and looks for requests whose time is up.
 * It never writes to the socket and never waits for room, or it could wait for itself.
 *
 * <p>The first failure ends the connection: every request on its way fails, and every later one is refused.
 */
final class Connection implements ReplyReader.Listener {
    private static final int BUFFER_LENGTH = 64 << 10;
    /** A buffer that one large request has made longer than this is not kept. */
    private static final int BUFFER_KEPT_MAX = 1 << 20;
    /** With so many bytes unwritten, callers wait. */
    private static final int UNWRITTEN_MAX = 4 << 20;
    /** With so many requests on their way, the writer lets batches grow for a moment. */
    private static final int PIPELINED_MIN = 32;
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSE_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Longer than anybody waits, and short enough to be counted in nanoseconds twice over. */
    private static final long PATIENCE_MS_MAX = TimeUnit.DAYS.toMillis(70 * 365);
    private static final byte[] ID = JsonBuffer.ascii("{\"id\":");

    /** Writes the members of a request, beginning with {@code operation}, each but the first with a comma before it. */
    interface Request {
        void write(JsonBuffer out);
    }

    private final String address;
    private final long requestTimeoutMs;
    private final int maxInFlight;
    private final int maxReplyLength;
    private final long sweepNs;
    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private final Thread reader;
    private final Thread writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final PendingTable table;
    /** Requests that have got their reply or will get none; the reader thread alone counts them. */
    private final AtomicLong answered = new AtomicLong();
    private final Consumers consumers = new Consumers();

    // Under the lock; waiters and failure are also read without it.
    private JsonBuffer out = new JsonBuffer(BUFFER_LENGTH);
    private JsonBuffer spare = new JsonBuffer(BUFFER_LENGTH);
    private long sent;
    private boolean writing;
    private boolean closing;
    private volatile int waiters;
    private volatile Failure failure;

    /** Why there is no connection any more. */
    private record Failure(String reason, Throwable cause) {
    }

    /** @param talking the socket itself, or TLS over it; its streams are used, and the socket's all else. */
    private Connection(final Socket socket, final Socket talking, final String address, final ClientOptions options) throws IOException {
        this.socket = socket;
        this.address = address;
        requestTimeoutMs = options.requestTimeoutMs;
        maxInFlight = options.maxInFlight;
        maxReplyLength = options.maxReplyLength;
        final int sweepMs = (int) Math.max(5, Math.min(500, requestTimeoutMs / 4));
        sweepNs = TimeUnit.MILLISECONDS.toNanos(sweepMs);
        table = new PendingTable(maxInFlight * 2);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setSoTimeout(sweepMs);
        input = talking.getInputStream();
        output = talking.getOutputStream();
        reader = new Thread(this::readReplies, "gmq-client-reader " + address);
        writer = new Thread(this::writeRequests, "gmq-client-writer " + address);
        reader.setDaemon(true);
        writer.setDaemon(true);
    }

    static Connection open(final String host, final int port, final ClientOptions options) {
        final String address = host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        final InetSocketAddress target = new InetSocketAddress(host, port);
        if (target.isUnresolved()) {
            throw new GmqConnectionException("cannot connect to " + address + ": no such host", null);
        }
        final SSLContext tls = options.tls == null ? null : options.tls.context();
        final Socket socket = new Socket();
        try {
            socket.connect(target, options.connectTimeoutMs);
            socket.setSoTimeout(options.connectTimeoutMs);
            final Socket talking = tls == null ? socket : TlsOptions.handshake(tls, socket, host, port);
            final Connection connection = new Connection(socket, talking, address, options);
            connection.reader.start();
            connection.writer.start();
            return connection;
        } catch (final SocketTimeoutException e) {
            closeQuietly(socket);
            throw new GmqConnectionException(
                "cannot connect to " + address + ": no answer within " + options.connectTimeoutMs + " ms", e);
        } catch (final SSLException e) {
            closeQuietly(socket);
            throw new GmqConnectionException("cannot connect to " + address + " with TLS: " + TlsOptions.reason(e), e);
        } catch (final IOException e) {
            closeQuietly(socket);
            throw new GmqConnectionException("cannot connect to " + address + ": " + reason(e), e);
        }
    }

    String address() {
        return address;
    }

    Consumers consumers() {
        return consumers;
    }

    // ---- sending ----

    /**
     * Sends a request. Waits while too much is on its way, except in the reader thread, which is allowed twice as much and then
     * refused.
     *
     * @throws IllegalArgumentException if the request cannot be written; nothing was sent.
     */
    <T> CompletableFuture<T> send(final Pending<T> pending, final Request request) {
        final JsonBuffer batch;
        lock.lock();
        try {
            final GmqException refusal = awaitRoom();
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            append(pending, request);
            if (writing) {
                return pending;
            }
            if (inFlight() > 1 || onReaderThread()) {
                work.signal();
                return pending;
            }
            batch = beginWrite();
        } finally {
            lock.unlock();
        }
        write(batch);
        return pending;
    }

    private void append(final Pending<?> pending, final Request request) {
        final int start = out.length();
        final long patienceMs = Math.min(PATIENCE_MS_MAX, requestTimeoutMs) + Math.min(PATIENCE_MS_MAX, pending.waitMs);
        pending.deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        table.add(pending);
        boolean appended = false;
        try {
            request.write(out.raw(ID).number(pending.id).raw(','));
            out.raw('}').raw('\n');
            sent++;
            appended = true;
        } finally {
            if (!appended) {
                out.truncate(start);
                table.remove(pending);
            }
        }
    }

    /** @return why the request cannot be sent, or {@code null}. */
    private GmqException awaitRoom() {
        if (onReaderThread()) {
            return notOpen() ? notSent() : inFlight() < maxInFlight * 2 ? null : new GmqConnectionException(
                "more than " + maxInFlight * 2 + " requests on their way to " + address + "; the request was not sent", null);
        }
        while (!notOpen() && isFull()) {
            // First said that somebody waits, then looked again: the reader does it the other way round.
            waiters++;
            try {
                if (isFull()) {
                    room.await();
                }
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return new GmqConnectionException(
                    "interrupted while waiting for room on the connection to " + address + "; the request was not sent", e);
            } finally {
                waiters--;
            }
        }
        return notOpen() ? notSent() : null;
    }

    private boolean isFull() {
        return inFlight() >= maxInFlight || out.length() >= UNWRITTEN_MAX;
    }

    /** Requests on their way. Under the lock. */
    private long inFlight() {
        return sent - answered.get();
    }

    private boolean notOpen() {
        return failure != null || closing;
    }

    private GmqConnectionException notSent() {
        final Failure failed = failure;
        return new GmqConnectionException(
            "no connection to " + address + ": " + (failed == null ? "the client was closed" : failed.reason)
                + "; the request was not sent",
            failed == null ? null : failed.cause);
    }

    /** Whether this is called from what hangs on a future and was completed by a reply. */
    boolean onReaderThread() {
        return Thread.currentThread() == reader;
    }

    private JsonBuffer beginWrite() {
        final JsonBuffer batch = out;
        out = spare;
        spare = null;
        writing = true;
        return batch;
    }

    private void write(final JsonBuffer batch) {
        try {
            output.write(batch.bytes(), 0, batch.length());
        } catch (final IOException e) {
            fail(reason(e), e);
        }
        lock.lock();
        try {
            batch.truncate(0);
            spare = batch.capacity() > BUFFER_KEPT_MAX ? new JsonBuffer(BUFFER_LENGTH) : batch;
            writing = false;
            if (out.length() > 0) {
                work.signal();
            }
            if (waiters > 0) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void writeRequests() {
        while (awaitWork()) {
            if (isPipelined()) {
                // Whoever is about to send more adds to this batch: a write costs as much as many requests.
                Thread.yield();
            }
            final JsonBuffer batch = takeBatch();
            if (batch != null) {
                write(batch);
            }
        }
    }

    /** @return whether there is something to write; otherwise the connection has ended. */
    private boolean awaitWork() {
        lock.lock();
        try {
            while (failure == null && (writing || out.length() == 0)) {
                work.awaitUninterruptibly();
            }
            return failure == null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether so much is on its way that no request is waited for alone. */
    private boolean isPipelined() {
        lock.lock();
        try {
            return inFlight() >= PIPELINED_MIN;
        } finally {
            lock.unlock();
        }
    }

    /** @return what there is to write, or {@code null} if somebody else does it. */
    private JsonBuffer takeBatch() {
        lock.lock();
        try {
            return writing || out.length() == 0 ? null : beginWrite();
        } finally {
            lock.unlock();
        }
    }

    // ---- receiving ----

    private void readReplies() {
        try {
            final ReplyReader replies = new ReplyReader(this, consumers);
            byte[] bytes = new byte[BUFFER_LENGTH];
            int length = 0;
            long nextSweepNs = System.nanoTime() + sweepNs;
            while (failure == null) {
                final int end = length + read(bytes, length);
                if (end < length) {
                    fail("the broker closed it", null);
                    return;
                }
                final int frames = endOfLastFrame(bytes, length, end);
                length = end;
                if (frames > 0) {
                    replies.read(bytes, frames);
                    consumers.wake();
                    signalRoom();
                    length -= frames;
                    System.arraycopy(bytes, frames, bytes, 0, length);
                }
                if (length == bytes.length) {
                    bytes = grown(bytes);
                }
                final long nowNs = System.nanoTime();
                if (nowNs - nextSweepNs >= 0) {
                    table.forEach(pending -> expire(pending, nowNs));
                    signalRoom();
                    nextSweepNs = nowNs + sweepNs;
                }
            }
        } catch (final IOException e) {
            fail(reason(e), e);
        } catch (final Throwable e) {
            // Nobody else would hear of it: those who wait must.
            fail("the client failed: " + e, e);
        }
    }

    /** @return the bytes read, 0 if there were none for a while, -1 at the end. */
    private int read(final byte[] bytes, final int offset) throws IOException {
        try {
            return input.read(bytes, offset, bytes.length - offset);
        } catch (final SocketTimeoutException e) {
            return 0;
        }
    }

    private static int endOfLastFrame(final byte[] bytes, final int start, final int end) {
        for (int i = end; i > start; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    private byte[] grown(final byte[] bytes) throws IOException {
        if (bytes.length >= maxReplyLength) {
            throw new IOException("a reply is longer than " + maxReplyLength + " bytes");
        }
        return Arrays.copyOf(bytes, (int) Math.min(maxReplyLength, bytes.length * 2L));
    }

    @Override
    public Pending<?> pending(final long id) {
        return table.get(id);
    }

    @Override
    public void replied(final Pending<?> pending, final Reply reply) {
        if (table.remove(pending)) {
            countAnswered();
            pending.complete(reply);
        }
    }

    @Override
    public void connectionRefused(final GmqRefusedException refusal) {
        fail(refusal.getMessage(), refusal);
    }

    private void expire(final Pending<?> pending, final long nowNs) {
        if (nowNs - pending.deadlineNs >= 0 && table.remove(pending)) {
            countAnswered();
            pending.completeExceptionally(new GmqUnknownOutcomeException(
                "no reply from " + address + " within " + (requestTimeoutMs + pending.waitMs) + " ms; unknown outcome", null));
        }
    }

    private void countAnswered() {
        answered.setRelease(answered.getPlain() + 1);
    }

    private void signalRoom() {
        // What was answered must be seen before it is asked who waits for it.
        VarHandle.fullFence();
        if (waiters > 0) {
            lock.lock();
            try {
                room.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    // ---- ending ----

    /** Lets what was sent be answered, for a few seconds at most; takes that wait are given up at once. */
    void close() {
        lock.lock();
        try {
            closing = true;
            room.signalAll();
            final long deadlineNs = System.nanoTime() + CLOSE_TIMEOUT_NS;
            while (failure == null && !onReaderThread() && isAnswerDue() && System.nanoTime() - deadlineNs < 0) {
                room.awaitNanos(CLOSE_POLL_NS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        fail("the client was closed", null);
    }

    private boolean isAnswerDue() {
        if (inFlight() == 0) {
            return false;
        }
        final boolean[] due = new boolean[1];
        table.forEach(pending -> due[0] |= pending.waitMs == 0);
        return due[0];
    }

    private void fail(final String reason, final Throwable cause) {
        lock.lock();
        try {
            if (failure != null) {
                return;
            }
            failure = new Failure(reason, cause);
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        closeQuietly(socket);
        final GmqException unknown = new GmqUnknownOutcomeException(
            "the connection to " + address + " ended before the reply came (" + reason + "); unknown outcome", cause);
        table.forEach(pending -> {
            if (table.remove(pending)) {
                pending.completeExceptionally(unknown);
            }
        });
        consumers.fail(new GmqConnectionException("the connection to " + address + " ended (" + reason + ")", cause));
    }

    private static void closeQuietly(final Socket socket) {
        try {
            socket.close();
        } catch (final IOException e) {
            // It is of no more use either way.
        }
    }

    private static String reason(final IOException e) {
        final String message = e.getMessage();
        if (message == null || message.isEmpty()) {
            return e.getClass().getSimpleName();
        }
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
