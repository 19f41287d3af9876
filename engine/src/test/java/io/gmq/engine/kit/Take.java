package io.gmq.engine.kit;

import io.gmq.engine.api.TakeCommand;

/** What a take asks for; one message, the configured lease and no wait unless it says so. */
public record Take(String queue, int max, long waitMs, long leaseMs, boolean keep, int replyBytesMax, int expansion) {
    private static final int PLENTY = 1 << 30;

    public static Take from(final String queue) {
        return new Take(queue, 1, 0, TakeCommand.DEFAULT_LEASE, false, PLENTY, 4);
    }

    public Take max(final int its) {
        return new Take(queue, its, waitMs, leaseMs, keep, replyBytesMax, expansion);
    }

    public Take waitMs(final long its) {
        return new Take(queue, max, its, leaseMs, keep, replyBytesMax, expansion);
    }

    public Take leaseMs(final long its) {
        return new Take(queue, max, waitMs, its, keep, replyBytesMax, expansion);
    }

    public Take kept() {
        return new Take(queue, max, waitMs, leaseMs, true, replyBytesMax, expansion);
    }

    public Take room(final int bytes, final int expandsTo) {
        return new Take(queue, max, waitMs, leaseMs, keep, bytes, expandsTo);
    }
}
