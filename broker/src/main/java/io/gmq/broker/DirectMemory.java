package io.gmq.broker;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what messages may take outside the heap with what this Java lets a process have there. */
final class DirectMemory {
    private static final Logger LOG = LoggerFactory.getLogger(DirectMemory.class);

    private DirectMemory() {
    }

    /**
     * Warns if held messages could run into Java's own bound, which would end the broker instead of refusing a publish.
     *
     * @param copies how often they are held: an archive's follower holds them a second time.
     */
    static void warnIfBelow(final long heldBytes, final int copies) {
        final long bound = bound();
        if (bound / copies < heldBytes) {
            LOG.warn("queue.max_held_bytes is {}, but this Java was started with {} bytes of direct memory;"
                + " start with ./gmq, give -XX:MaxDirectMemorySize, or lower the key", heldBytes, bound);
        }
    }

    /** Of {@code -XX:MaxDirectMemorySize}; where that is not given, Java takes the size of the heap. */
    private static long bound() {
        final HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        final long given = hotSpot == null ? 0 : Long.parseLong(hotSpot.getVMOption("MaxDirectMemorySize").getValue());
        return given > 0 ? given : Runtime.getRuntime().maxMemory();
    }
}
