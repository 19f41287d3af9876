package io.gmq.bench.jmh;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Prints what a held message of 200 bytes takes beyond its payload, on the heap and off it. */
public final class MemoryPerMessage {
    private static final int[] HELD = {1_000_000, 10_000_000};
    private static final int[] QUEUES = {1, 4096};

    private MemoryPerMessage() {
    }

    /** @param args none. */
    public static void main(final String[] args) {
        System.out.printf(Locale.ROOT, "%12s %8s %12s %12s %12s%n", "held", "queues", "heap", "off-heap", "together");
        for (final int held : HELD) {
            for (final int queues : QUEUES) {
                measure(held, queues);
            }
        }
    }

    private static void measure(final int held, final int queues) {
        final EngineDriver driver = new EngineDriver(queues);
        for (int i = 0; i < queues; i++) {
            driver.publish(i);
        }
        final long heapBefore = heapBytes();
        final long directBefore = directBytes();
        for (int i = 0; i < held; i++) {
            driver.publish(i % queues);
        }
        final double heap = (double) (heapBytes() - heapBefore) / held;
        final double direct = (double) (directBytes() - directBefore) / held - EngineDriver.PAYLOAD_BYTES_DEFAULT;
        System.out.printf(Locale.ROOT, "%12d %8d %12.1f %12.1f %12.1f%n", driver.held() - queues, queues, heap, direct, heap + direct);
    }

    private static long heapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream().filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
    }
}
