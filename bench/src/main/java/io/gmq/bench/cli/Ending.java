package io.gmq.bench.cli;

import io.gmq.bench.load.LoadException;
import io.gmq.broker.cli.CommandException;

/** How a command ends whose load has failed. */
final class Ending {
    /** As shells have it for Ctrl-C. */
    private static final int INTERRUPTED = 130;

    private Ending() {
    }

    /** Where this process is being stopped, so is the broker it has started: that is no failure to be told. */
    static int of(final LoadException failure) {
        final Thread probe = new Thread(() -> { });
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
        } catch (final IllegalStateException e) {
            return INTERRUPTED;
        }
        throw new CommandException(failure.getMessage(), failure);
    }
}
