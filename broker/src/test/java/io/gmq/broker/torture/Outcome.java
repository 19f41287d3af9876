package io.gmq.broker.torture;

/**
 * What one kind of torture has done without a violation.
 *
 * @param what with figures.
 */
record Outcome(String kind, long seed, String what, long seconds) {
    @Override
    public String toString() {
        return String.format("%-10s seed %d, %d s: %s", kind, seed, seconds, what);
    }
}
