package io.gmq.broker.config;

/** How the stages of the ring are spread over threads: {@code ring.profile}. */
public enum RingProfile {
    /** By the number of cores. */
    AUTO,
    /** Sockets and stages on one thread. */
    COMPACT,
    /** Selectors apart, the stages on one thread. */
    SHARED,
    /** A thread for each. */
    DEDICATED
}
