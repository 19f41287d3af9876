package io.gmq.bench.load;

/**
 * When the frames of one producer are due: worked out from their number, so that a frame that is sent late is late by as much as it is.
 * All producers together keep the rate, each with its own phase.
 */
final class Schedule {
    private final double intervalNs;
    private final double phaseNs;
    private long startNs = Long.MAX_VALUE;

    /**
     * @param framesPerSecond of all producers together.
     */
    Schedule(final double framesPerSecond, final int producer, final int producers) {
        intervalNs = 1e9 * producers / framesPerSecond;
        phaseNs = intervalNs * producer / producers;
    }

    /** It begins; until then nothing is due. */
    void start(final long nowNs) {
        startNs = nowNs;
    }

    long dueNs(final long frame) {
        return startNs == Long.MAX_VALUE ? Long.MAX_VALUE : startNs + (long) (phaseNs + intervalNs * frame);
    }
}
