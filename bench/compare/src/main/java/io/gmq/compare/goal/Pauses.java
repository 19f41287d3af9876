package io.gmq.compare.goal;

import java.util.concurrent.TimeUnit;

/**
 * Sees when this process stands still, as it does where a virtual machine is held or somebody stops it: a thread that wants to run every few
 * milliseconds, and does not. What was measured meanwhile says nothing. A broker that stalls is another process, and is not excused.
 */
final class Pauses implements AutoCloseable {
    private static final int SLEEP_MS = 50;
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(1);

    private final Thread thread = new Thread(this::watch, "pauses");
    private volatile long longestNs;

    /** It begins to look. */
    Pauses() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        long lastNs = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(SLEEP_MS);
            } catch (final InterruptedException e) {
                return;
            }
            final long nowNs = System.nanoTime();
            longestNs = Math.max(longestNs, nowNs - lastNs);
            lastNs = nowNs;
        }
    }

    /** The longest so far. */
    long longestNs() {
        return longestNs;
    }

    static boolean isLong(final long ns) {
        return ns > LONG_NS;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
