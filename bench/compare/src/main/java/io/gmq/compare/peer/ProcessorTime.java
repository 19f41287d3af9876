package io.gmq.compare.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code /proc} says of the processor time of processes, with children that have ended: Redis rewrites its log in one. */
public final class ProcessorTime {
    private static final double TICKS_PER_S = 100;
    // counted from the field behind the name
    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;

    private ProcessorTime() {
    }

    /** Seconds that a process and all its descendants have used, also those that have ended. */
    public static double ofTree(final long pid) {
        return of(pid) + ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).mapToDouble(handle -> of(handle.pid())).sum();
    }

    /** Seconds that a process has used, with its children that have ended; 0 if there is none. */
    public static double of(final long pid) {
        try {
            return ofStat(Files.readString(Path.of("/proc/" + pid + "/stat")));
        } catch (final IOException e) {
            return 0;
        }
    }

    /** Of the text of {@code /proc/PID/stat}: utime, stime, cutime and cstime. The name before them may hold anything. */
    static double ofStat(final String stat) {
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = USER; i <= CHILDREN_SYSTEM; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_S;
    }
}
