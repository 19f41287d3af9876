package io.gmq.client;

import java.time.Duration;

/** How a message goes back to its queue. Immutable; each method that sets something gives new options. */
public final class NackOptions {
    /** At once, with its old priority. */
    public static final NackOptions NONE = new NackOptions(0, -1, null);

    final long delayMs;
    final int priority;
    final Durability durability;

    private NackOptions(final long delayMs, final int priority, final Durability durability) {
        this.delayMs = delayMs;
        this.priority = priority;
        this.durability = durability;
    }

    /** Not to be delivered again before this much time has passed. */
    public NackOptions delay(final Duration delay) {
        return new NackOptions(Checks.millis("delay", delay), priority, durability);
    }

    /** A new priority, 0 to 9. */
    public NackOptions priority(final int priority) {
        return new NackOptions(delayMs, Checks.priority(priority), durability);
    }

    /** The reply comes when that has reached this level. */
    public NackOptions durability(final Durability level) {
        return new NackOptions(delayMs, priority, level);
    }
}
