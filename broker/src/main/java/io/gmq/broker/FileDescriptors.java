package io.gmq.broker;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps clients from using up the files that this process may have open: each connection is one, and so is each file of the journal,
 * which has to be opened in the midst of a flood of connections too.
 */
final class FileDescriptors {
    private static final Logger LOG = LoggerFactory.getLogger(FileDescriptors.class);
    /** For the journal, snapshots, databases, logs, and whatever Java opens after the start. */
    private static final long RESERVED = 128;

    private FileDescriptors() {
    }

    /** How many connections there may be, of those that are configured; says so where the system lets there be fewer. */
    static int connectionsMax(final int configured) {
        final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (!(system instanceof UnixOperatingSystemMXBean unix)) {
            return configured;
        }
        final int most = connectionsMax(configured, unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount());
        if (most < configured) {
            LOG.warn("network.max_connections is {}, but this process may have {} files open: it takes {} connections;"
                + " raise the limit ('ulimit -n', LimitNOFILE in systemd) or lower the key", configured, unix.getMaxFileDescriptorCount(), most);
        }
        return most;
    }

    /**
     * The same by its figures.
     *
     * @param limit  files that may be open, less than 1 where that is not known.
     * @param opened files that are.
     */
    static int connectionsMax(final int configured, final long limit, final long opened) {
        return limit < 1 ? configured : (int) Math.min(configured, Math.max(1, limit - opened - RESERVED));
    }
}
