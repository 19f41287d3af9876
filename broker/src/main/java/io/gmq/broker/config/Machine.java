package io.gmq.broker.config;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What defaults and checks need to know of the machine, or of the container where the process runs in one.
 *
 * @param cores       cores that the process may use.
 * @param memoryBytes physical memory.
 */
public record Machine(int cores, long memoryBytes) {
    public static Machine current() {
        final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize());
    }
}
