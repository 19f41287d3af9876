package io.gmq.broker.cli;

import io.gmq.client.QueueTotals;

/**
 * How much a queue does in a second.
 *
 * @param published messages put into it.
 * @param delivered messages given out.
 * @param acked     messages settled as done.
 */
record QueueRates(double published, double delivered, double acked) {
    private static final QueueTotals NEW = new QueueTotals(0, 0, 0, 0, 0, 0);

    /** Between two looks at a queue; {@code before} is {@code null} for one that was not there. */
    static QueueRates between(final QueueTotals before, final QueueTotals after, final double seconds) {
        // Deleted and created again in between: it counts anew.
        final boolean again = before == null || after.published() < before.published() || after.delivered() < before.delivered();
        final QueueTotals from = again ? NEW : before;
        return new QueueRates(
            rate(from.published(), after.published(), seconds),
            rate(from.delivered(), after.delivered(), seconds),
            rate(from.acked(), after.acked(), seconds));
    }

    private static double rate(final long from, final long to, final double seconds) {
        return Math.max(0, to - from) / seconds;
    }

    double sum() {
        return published + delivered + acked;
    }

    QueueRates plus(final QueueRates other) {
        return new QueueRates(published + other.published, delivered + other.delivered, acked + other.acked);
    }
}
