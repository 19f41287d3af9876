package io.gmq.transport.tcp;

/** Says when a line may go into the log again: what clients bring about must not fill it. Belongs to one thread. */
final class Seldom {
    private static final long SILENCE_MS = 10_000;

    private long nextMs = Long.MIN_VALUE;

    /** Whether ten seconds have passed since this was last so. */
    boolean isTime(final long nowMs) {
        if (nowMs < nextMs) {
            return false;
        }
        nextMs = nowMs + SILENCE_MS;
        return true;
    }
}
