package io.gmq.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What came of a run.
 *
 * @param counts     messages of the measured time.
 * @param confirmNs  from when a message was due (in a closed loop: sent) to its confirmation, nanoseconds.
 * @param deliveryNs from when it was due to its delivery.
 * @param cpu        processor time of the measured time.
 * @param errors     what should not have been.
 */
public record LoadResult(Counts counts, Histogram confirmNs, Histogram deliveryNs, Cpu cpu, Errors errors) {
    /**
     * What was counted.
     *
     * @param seconds   the measured time.
     * @param sent      messages published.
     * @param confirmed messages confirmed.
     * @param delivered messages delivered.
     * @param done      messages that were through: settled, or delivered where there is no settling.
     * @param empty     requests that found no message.
     */
    public record Counts(double seconds, long sent, long confirmed, long delivered, long done, long empty) {
    }

    /**
     * Processor time.
     *
     * @param brokerSeconds    of the broker; NaN where it is not known.
     * @param generatorSeconds of the generator's threads.
     */
    public record Cpu(double brokerSeconds, double generatorSeconds) {
    }

    /**
     * Of the whole run.
     *
     * @param missing messages that were confirmed and never delivered.
     * @param repeats deliveries of a message that had been delivered.
     */
    public record Errors(long missing, long repeats) {
    }

    /** Messages that were through, in a second. */
    public double perSecond() {
        return counts.done() / counts.seconds();
    }

    /** Processor seconds of the broker for a million messages. */
    public double brokerCpuPerMillion() {
        return cpu.brokerSeconds() * 1e6 / counts.done();
    }

    /** The part of the measured time that the generator was busy, of one processor for each of its threads. */
    public double generatorShare(final int threads) {
        return cpu.generatorSeconds() / counts.seconds() / threads;
    }
}
