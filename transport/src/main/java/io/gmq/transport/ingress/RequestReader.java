package io.gmq.transport.ingress;

import io.gmq.engine.api.DrainedCommand;
import io.gmq.transport.codec.FrameScanner;
import io.gmq.transport.tcp.ByteHandler;
import io.gmq.transport.tcp.Connection;

/**
 * Cuts what one connection sends into frames and hands each, decoded, to the ring. Stops where the ring, the budget for replies
 * or the client's own unread output is full; what is left stays with the connection until there is room.
 */
final class RequestReader implements ByteHandler {
    private static final long REPORTED_MIN = DrainedCommand.WINDOW / 4;

    private final Connection connection;
    private final Ingress ingress;
    private final FrameScanner scanner = new FrameScanner();
    private boolean hasHadFrame;

    RequestReader(final Connection connection, final Ingress ingress) {
        this.connection = connection;
        this.ingress = ingress;
    }

    @Override
    public int onBytes(final byte[] bytes, final int from, final int to) {
        final long nowMs = ingress.nowMs();
        int at = from;
        while (at < to) {
            if (connection.pauseIfOutboundAbove(ingress.maxOutboundBytes())) {
                break;
            }
            final int end = scanner.frameEnd(bytes, at, to);
            final int frameLength = (end < 0 ? to : end) - at;
            if (frameLength > ingress.maxFrameLength()) {
                if (offerTooLarge(nowMs)) {
                    at = to;
                }
                break;
            }
            if (end < 0) {
                if (isOneShot(bytes, at, to, nowMs) && offerLast()) {
                    at = to;
                }
                break;
            }
            if (!FrameScanner.isBlank(bytes, at, end)) {
                hasHadFrame = true;
                ingress.decoder().decode(bytes, at, end, nowMs, connection.id());
                if (!connection.canPromise(ingress.decoder().promisedBytes())) {
                    ingress.decoder().rejectWait(Connection.PROMISED_MAX, connection.promised());
                }
                if (!offer()) {
                    break;
                }
            }
            scanner.next();
            at = end + 1;
        }
        ingress.flush();
        return at - from;
    }

    private boolean isOneShot(final byte[] bytes, final int from, final int to, final long nowMs) {
        return !hasHadFrame && scanner.isWholeObject(bytes, from, to)
            && ingress.decoder().decodeOneShot(bytes, from, to, nowMs, connection.id());
    }

    private boolean offer() {
        if (ingress.offer(connection)) {
            connection.onAsked(ingress.decoder().promisedBytes());
            return true;
        }
        connection.stall();
        return false;
    }

    /**
     * Refuses a frame and with it the connection. Its consumers end before: what would still be pushed to them while the refusal
     * is on its way, nobody would read.
     */
    private boolean offerTooLarge(final long nowMs) {
        if (!ingress.offerEnd(connection)) {
            connection.stall();
            return false;
        }
        ingress.decoder().rejectTooLarge(nowMs, connection.id());
        return offerLast();
    }

    private boolean offerLast() {
        if (!offer()) {
            return false;
        }
        connection.stopReading();
        return true;
    }

    /**
     * Reports in portions, since each is a command. The engine passes a connection over only when a whole window is unreported,
     * all of which comes by here: so it is never left without a report.
     */
    @Override
    public boolean onFlushed() {
        final long bytes = connection.unreported();
        if (bytes < REPORTED_MIN) {
            return true;
        }
        if (!ingress.offerDrained(connection, bytes)) {
            return false;
        }
        connection.onReported(bytes);
        return true;
    }

    @Override
    public boolean onClosed() {
        return ingress.offerClose(connection);
    }
}
