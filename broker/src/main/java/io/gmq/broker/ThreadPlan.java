package io.gmq.broker;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import io.gmq.broker.config.RingProfile;

/**
 * How many threads do what.
 *
 * @param profile   {@code compact}, {@code shared} or {@code dedicated}; never {@code auto}.
 * @param selectors threads that read and write sockets.
 */
record ThreadPlan(RingProfile profile, int selectors) {
    private static final int DEDICATED_CORES_MIN = 4;
    private static final int CORES_PER_SELECTOR = 4;

    /** What the configuration asks for, or what suits the machine where it does not say. */
    static ThreadPlan of(final Config config, final int cores) {
        final RingProfile asked = config.get(Keys.RING_PROFILE);
        final RingProfile profile = asked != RingProfile.AUTO ? asked : cores < DEDICATED_CORES_MIN ? RingProfile.COMPACT : RingProfile.DEDICATED;
        final int selectors = config.get(Keys.NETWORK_SELECTORS);
        if (profile == RingProfile.COMPACT) {
            return new ThreadPlan(profile, 1);
        }
        return new ThreadPlan(profile, selectors > 0 ? selectors : Math.max(1, cores / CORES_PER_SELECTOR));
    }

    /** Threads that would spin if they did not park; the syncer's always parks. */
    int spinning() {
        return switch (profile) {
            case COMPACT -> 1;
            case SHARED -> selectors + 1;
            default -> selectors + 3;
        };
    }
}
