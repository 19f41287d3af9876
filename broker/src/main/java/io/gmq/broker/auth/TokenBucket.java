package io.gmq.broker.auth;

/** So many at once, and one more each time a while has passed. Time is passed in, in milliseconds. One thread's. */
final class TokenBucket {
    private final int most;
    private final long refillMs;
    private int tokens;
    private long refilledMs;

    /**
     * @param most     there are when it is full, as it is at first.
     * @param refillMs in which one comes back.
     */
    TokenBucket(final int most, final long refillMs, final long nowMs) {
        this.most = most;
        this.refillMs = refillMs;
        tokens = most;
        refilledMs = nowMs;
    }

    /** 0 if there is one, else how long until there is. */
    long waitMs(final long nowMs) {
        refill(nowMs);
        return tokens > 0 ? 0 : refilledMs + refillMs - nowMs;
    }

    /** Takes one, if there is one. */
    boolean tryTake(final long nowMs) {
        refill(nowMs);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    private void refill(final long nowMs) {
        final long back = Math.max(0, (nowMs - refilledMs) / refillMs);
        tokens = (int) Math.min(most, tokens + back);
        refilledMs = tokens == most ? Math.max(nowMs, refilledMs) : refilledMs + back * refillMs;
    }
}
