package io.gmq.transport.tcp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which clients were ended because they and the broker did not understand each other. One line a second at most, so that
 * nobody can fill a disk with them; the next one says how many were left out.
 *
 * <p>Belongs to one selector's thread.
 */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final long QUIET_MS = 1000;

    private long quietUntilMs;
    private long leftOut;

    void add(final Connection connection, final LinkException refusal, final long nowMs) {
        if (nowMs < quietUntilMs) {
            leftOut++;
            return;
        }
        LOG.info("connection {} from {} is ended: {}{}", connection.id(), connection.remoteHost(), printable(refusal.getMessage()),
            leftOut == 0 ? "" : "; and " + leftOut + " more since the last such line");
        quietUntilMs = nowMs + QUIET_MS;
        leftOut = 0;
    }

    /** What a library says of a client may repeat what the client has sent. */
    private static String printable(final String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
