package io.gmq.client;

import java.time.Duration;

/** How a message goes back to its queue. Immutable; each method that sets something gives new options. */
public final class NackOptions {
    /** At once, with its old priority. */
    public static final NackOptions NONE = new NackOptions(0, -1);

    final long delayMs;
    final int priority;

    private NackOptions(final long delayMs, final int priority) {
        this.delayMs = delayMs;
        this.priority = priority;
    }

    /** Not to be delivered again before this much time has passed. */
    public NackOptions delay(final Duration delay) {
        return new NackOptions(Checks.millis("delay", delay), priority);
    }

    /** A new priority, 0 to 9. */
    public NackOptions priority(final int priority) {
        return new NackOptions(delayMs, Checks.priority(priority));
    }
}
