package io.gmq.journal.mysql.testing;

import java.util.concurrent.TimeUnit;

/** For processes, bounded. */
final class Waiting {
    private static final int EXIT_MS_MAX = 60_000;

    private Waiting() {
    }

    /** Returns the exit status. */
    static int forExit(final Process process) {
        try {
            if (process.waitFor(EXIT_MS_MAX, TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("the process did not end: " + process.info());
    }

    static void aMoment() {
        try {
            Thread.sleep(5);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
