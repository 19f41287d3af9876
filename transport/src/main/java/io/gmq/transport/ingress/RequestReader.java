package io.gmq.transport.ingress;

import io.gmq.engine.api.DrainedCommand;
import io.gmq.transport.codec.FrameScanner;
import io.gmq.transport.codec.Permission;
import io.gmq.transport.ingress.Admission.Verdict;
import io.gmq.transport.tcp.ByteHandler;
import io.gmq.transport.tcp.Connection;
import org.agrona.DirectBuffer;

/**
 * Cuts what one connection sends into frames and hands each, decoded, to the ring. Stops where the ring, the budget for replies
 * or the client's own unread output is full, and while it is decided who the client is; what is left stays with the connection until it
 * can go on.
 */
final class RequestReader implements ByteHandler {
    private static final long REPORTED_MIN = DrainedCommand.WINDOW / 4;

    private final Connection connection;
    private final Ingress ingress;
    private final Admission admission;
    private final FrameScanner scanner = new FrameScanner();
    private boolean hasHadFrame;
    private boolean isEnded;

    /** @param admission {@code null} where everybody is let in. */
    RequestReader(final Connection connection, final Ingress ingress, final Admission admission) {
        this.connection = connection;
        this.ingress = ingress;
        this.admission = admission;
    }

    @Override
    public int onBytes(final byte[] bytes, final int from, final int to) {
        if (isEnded) {
            return to - from;
        }
        if (admission != null && admission.isWaiting()) {
            return 0;
        }
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
                if (isOneShot(bytes, at, to, nowMs) && judge(true, nowMs) != Verdict.WAIT && offerLast()) {
                    at = to;
                }
                break;
            }
            if (!FrameScanner.isBlank(bytes, at, end)) {
                hasHadFrame = true;
                ingress.decoder().decode(bytes, at, end, nowMs, connection.id(), permission());
                final Verdict verdict = judge(false, nowMs);
                if (verdict != Verdict.PASS) {
                    at = verdict == Verdict.END && offerEndAndLast() ? to : at;
                    break;
                }
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

    @Override
    public boolean isOfUse(final DirectBuffer bytes, final int from, final int to, final int before) {
        return isEnded || !scanner.hasSeen(before) || before + to - from > ingress.maxFrameLength() || scanner.endsFrame(bytes, from, to)
            || !hasHadFrame && scanner.endsObject(bytes, from, to);
    }

    private Permission permission() {
        return admission == null ? Permission.ALL : admission.permission();
    }

    private Verdict judge(final boolean isOneShot, final long nowMs) {
        return admission == null ? Verdict.PASS : admission.judge(ingress.decoder(), isOneShot, nowMs);
    }

    private boolean isOneShot(final byte[] bytes, final int from, final int to, final long nowMs) {
        return !hasHadFrame && scanner.isWholeObject(bytes, from, to)
            && ingress.decoder().decodeOneShot(bytes, from, to, nowMs, connection.id(), permission());
    }

    private boolean offer() {
        final int most = ingress.decoder().replyBytes();
        if (!connection.tryReserve(most)) {
            return false;
        }
        if (ingress.offer(connection)) {
            connection.onAsked(ingress.decoder().promisedBytes());
            if (admission != null) {
                admission.onPassed();
            }
            return true;
        }
        connection.cancelReserved(most);
        connection.stall();
        return false;
    }

    /** Refuses a frame and with it the connection. */
    private boolean offerTooLarge(final long nowMs) {
        ingress.decoder().rejectTooLarge(nowMs, connection.id());
        return offerEndAndLast();
    }

    /**
     * Offers the refusal with which the connection ends. Its consumers end before: what would still be pushed to them while the
     * refusal is on its way, nobody would read.
     */
    private boolean offerEndAndLast() {
        if ((admission == null || admission.isLetIn()) && !ingress.offerEnd(connection)) {
            connection.stall();
            return false;
        }
        return offerLast();
    }

    private boolean offerLast() {
        if (!offer()) {
            return false;
        }
        connection.stopReading();
        isEnded = true;
        return true;
    }

    /** Ends a connection whose account has ended, though its client asks for nothing: what is pushed to it must not go on. */
    private boolean offerRevoked() {
        Admission.refuseRevoked(ingress.decoder(), ingress.nowMs(), connection.id());
        offerEndAndLast();
        ingress.flush();
        return isEnded;
    }

    /**
     * Reports in portions, since each is a command. The engine passes a connection over only when a whole window is unreported,
     * all of which comes by here: so it is never left without a report.
     */
    @Override
    public boolean onFlushed() {
        if (admission != null && !isEnded && admission.isRevoked()) {
            return offerRevoked();
        }
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
    public byte[] lateFrame() {
        return admission == null ? null : admission.lateFrame();
    }

    @Override
    public boolean onClosed() {
        return ingress.offerClose(connection);
    }
}
