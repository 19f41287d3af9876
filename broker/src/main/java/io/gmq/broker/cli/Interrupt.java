package io.gmq.broker.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that goes on until Ctrl-C (or SIGTERM) end in its own order: its thread is interrupted, and the process waits some
 * seconds for it to leave through {@link #exit}.
 */
final class Interrupt {
    private static final long PATIENCE_S = 5;
    private static final CountDownLatch LEFT = new CountDownLatch(1);
    private static volatile int exitCode = ExitCodes.FAILED;

    private Interrupt() {
    }

    /** Does it on the calling thread, which is interrupted when the process is to end. */
    static <T> T ending(final Callable<T> work) throws Exception {
        final Thread thread = Thread.currentThread();
        final Thread hook = new Thread(() -> leave(thread), "gmq-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            remove(hook);
        }
    }

    private static void remove(final Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // It runs: whoever calls this is on the way out.
        }
    }

    private static void leave(final Thread thread) {
        thread.interrupt();
        try {
            if (!LEFT.await(PATIENCE_S, TimeUnit.SECONDS)) {
                exitCode = ExitCodes.FAILED;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /** Ends the process, or lets it end if a signal has come. */
    static void exit(final int code) {
        exitCode = code;
        LEFT.countDown();
        System.exit(code);
    }
}
