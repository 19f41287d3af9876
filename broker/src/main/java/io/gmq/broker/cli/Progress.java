package io.gmq.broker.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A line on a terminal that says how far a long command has come: after a second, and then a few times a second. */
public final class Progress implements AutoCloseable {
    private static final long FIRST_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEXT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean visible;
    private final long startNs = System.nanoTime();
    private long dueNs = startNs + FIRST_NS;
    private boolean shown;

    /** Nothing is shown unless it is visible: to a person at a terminal. */
    public Progress(final PrintWriter out, final boolean visible) {
        this.out = out;
        this.visible = visible;
    }

    /** Shows a line if one is due. */
    public void update(final Supplier<String> line) {
        if (visible && System.nanoTime() - dueNs >= 0) {
            dueNs = System.nanoTime() + NEXT_NS;
            shown = true;
            out.print(CLEAR + line.get());
            out.flush();
        }
    }

    /** Since it was made. */
    public double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (shown) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
