package io.gmq.broker.archive;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.agrona.concurrent.NanoClock;

/** How much of the processors is busy, with whatever; looked up twice a second, since over shorter times it says little. */
final class BusyShare implements DoubleSupplier {
    private static final double NOT_KNOWN = -1;
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final NanoClock nanos;
    private long lookedNs;
    private double share = NOT_KNOWN;

    BusyShare(final NanoClock nanos) {
        this.nanos = nanos;
        lookedNs = nanos.nanoTime() - LOOK_EVERY_NS;
    }

    @Override
    public double getAsDouble() {
        final long nowNs = nanos.nanoTime();
        if (nowNs - lookedNs >= LOOK_EVERY_NS) {
            lookedNs = nowNs;
            share = ManagementFactory.getOperatingSystemMXBean() instanceof final OperatingSystemMXBean system ? system.getCpuLoad() : NOT_KNOWN;
        }
        return share;
    }
}
