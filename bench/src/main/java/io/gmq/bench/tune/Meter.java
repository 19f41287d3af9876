package io.gmq.bench.tune;

/** Measures points. */
@FunctionalInterface
interface Meter {
    /**
     * Measures a point on a broker of its own.
     *
     * @param seconds to take for it, with starting and warming up.
     */
    Outcome measure(Point point, double seconds) throws InterruptedException;
}
