package io.gmq.bench.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What processes of this machine have used, as {@code /proc} of Linux says. Elsewhere, and of processes that are gone, nothing is known:
 * NaN.
 */
public final class ProcessUsage {
    private static final double TICKS_A_SECOND = 100;
    private static final int USER_FIELD = 11;
    private static final int SYSTEM_FIELD = 12;
    private static final int PARENT_FIELD = 1;
    private static final String LISTENING = "0A";
    private static final int STATE_FIELD = 3;
    private static final int INODE_FIELD = 9;

    private ProcessUsage() {
    }

    /** Processor time of a process since it began, in seconds. */
    public static double cpuSeconds(final long pid) {
        final String[] fields = stat(pid);
        return fields.length <= SYSTEM_FIELD ? Double.NaN
            : (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD])) / TICKS_A_SECOND;
    }

    /** Processor time of a process and those it has started, as far as they live. */
    public static double cpuSecondsWithChildren(final long pid) {
        double all = cpuSeconds(pid);
        for (final long child : childrenOf(pid)) {
            all += cpuSecondsWithChildren(child);
        }
        return all;
    }

    private static List<Long> childrenOf(final long pid) {
        final List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (final Path process : processes) {
                final long other = Long.parseLong(process.getFileName().toString());
                final String[] fields = stat(other);
                if (fields.length > PARENT_FIELD && Long.parseLong(fields[PARENT_FIELD]) == pid) {
                    children.add(other);
                }
            }
        } catch (final IOException e) {
            // No /proc.
        }
        return children;
    }

    /** The fields behind the name, which may have anything in it. */
    private static String[] stat(final long pid) {
        try {
            final String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (final IOException e) {
            return new String[0];
        }
    }

    /** Bytes of memory that a process has in use. */
    public static double residentBytes(final long pid) {
        try {
            for (final String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
                }
            }
        } catch (final IOException e) {
            // It is gone, or there is no /proc.
        }
        return Double.NaN;
    }

    /** The process that listens on a port of this machine, where it may be known. */
    public static OptionalLong listeningOn(final int port) {
        final List<String> inodes = new ArrayList<>();
        for (final String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                final String end = String.format(":%04X", port);
                for (final String line : Files.readAllLines(Path.of(file))) {
                    final String[] fields = line.strip().split("\\s+");
                    if (fields.length > INODE_FIELD && fields[1].endsWith(end) && fields[STATE_FIELD].equals(LISTENING)) {
                        inodes.add("socket:[" + fields[INODE_FIELD] + "]");
                    }
                }
            } catch (final IOException e) {
                // No such protocol.
            }
        }
        return inodes.isEmpty() ? OptionalLong.empty() : holderOf(inodes);
    }

    private static OptionalLong holderOf(final List<String> links) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (final Path process : processes) {
                if (holds(process, links)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (final IOException e) {
            // No /proc.
        }
        return OptionalLong.empty();
    }

    private static boolean holds(final Path process, final List<String> links) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (final Path file : files) {
                if (links.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (final IOException e) {
            // Another user's, or gone.
        }
        return false;
    }
}
