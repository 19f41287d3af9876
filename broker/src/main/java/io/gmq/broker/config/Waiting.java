package io.gmq.broker.config;

/** What a thread does that has nothing to do: {@code ring.waiting}. */
public enum Waiting {
    /** Spins a little, yields, then sleeps until it is woken. */
    PARK,
    /** Never sleeps; needs a core of its own. */
    SPIN
}
