package io.gmq.bench.cli;

import io.gmq.broker.cli.CommandSet;
import io.gmq.broker.cli.Shell;
import java.util.List;

/** What this module adds to {@code gmq}; found by its name in {@code META-INF/services}. */
public final class BenchCommands implements CommandSet {
    /** For the service loader. */
    public BenchCommands() {
        // Nothing to be made.
    }

    @Override
    public List<Object> commands(final Shell shell) {
        return List.of(new BenchCommand(shell), new TuneCommand(shell));
    }
}
