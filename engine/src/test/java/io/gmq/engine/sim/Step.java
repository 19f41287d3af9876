package io.gmq.engine.sim;

import java.util.List;

/**
 * One step of a simulation.
 *
 * @param command      what both are given, {@code null} for a crash (the engine is built anew from what changed it) and for a checkpoint.
 * @param checksDigest whether the digest is looked at before and after.
 */
record Step(byte[] command, boolean checksDigest) {
    static final Step CRASH = new Step(null, true);
    /** A checkpoint begins; it is told between the steps that follow. */
    static final Step CHECKPOINT = new Step(null, false);

    @Override
    public String toString() {
        return command != null ? CommandText.of(command) : this == CRASH ? "crash" : "checkpoint";
    }

    static String lines(final List<Step> steps) {
        final StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append("  ").append(step).append('\n'));
        return text.toString();
    }
}
