package io.gmq.compare.goal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A server that is loaded, as a process of its own. While it is not its turn it is stopped (SIGSTOP), so that it takes no time from
 * others and stays as warm as it is.
 */
final class Driven implements AutoCloseable {
    private final String name;
    private final InetSocketAddress address;
    private final long pid;
    private final Runnable end;
    private boolean isFrozen;
    private boolean isClosed;

    /** @param end what ends it. */
    Driven(final String name, final InetSocketAddress address, final long pid, final Runnable end) {
        this.name = name;
        this.address = address;
        this.pid = pid;
        this.end = end;
    }

    String name() {
        return name;
    }

    InetSocketAddress address() {
        return address;
    }

    long pid() {
        return pid;
    }

    synchronized void freeze() {
        if (!isFrozen && !isClosed) {
            signal("STOP");
            isFrozen = true;
        }
    }

    synchronized void thaw() {
        if (isFrozen) {
            signal("CONT");
            isFrozen = false;
        }
    }

    private void signal(final String signal) {
        try {
            new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(pid))).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (final IOException e) {
            throw new IllegalStateException("cannot signal " + name + ": " + e.getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Any thread. */
    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            thaw();
            end.run();
        }
    }
}
