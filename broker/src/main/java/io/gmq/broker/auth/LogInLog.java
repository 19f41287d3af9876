package io.gmq.broker.auth;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line for an attempt that was refused, without its secret; some at once and then one a second, with the number of those left out. */
final class LogInLog {
    private static final Logger LOG = LoggerFactory.getLogger(LogInLog.class);
    private static final int MOST = 10;
    private static final long REFILL_MS = 1000;

    private final TokenBucket bucket;
    private long leftOut;

    LogInLog(final long nowMs) {
        bucket = new TokenBucket(MOST, REFILL_MS, nowMs);
    }

    void refused(final String user, final InetAddress address, final String why, final long nowMs) {
        if (!bucket.tryTake(nowMs)) {
            leftOut++;
            return;
        }
        LOG.warn("refused to let in user '{}' from {}: {}{}", Shown.text(user), address == null ? "an unknown address" : address.getHostAddress(), why,
            leftOut == 0 ? "" : "; " + leftOut + " more lines like this were left out");
        leftOut = 0;
    }
}
