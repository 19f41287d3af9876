package io.gmq.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What figures were made on, without which they say little. */
public final class MachineInfo {
    private MachineInfo() {
    }

    /** For JSON. */
    public static Map<String, Object> json() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("cpu", cpu());
        all.put("cores", Runtime.getRuntime().availableProcessors());
        all.put("memory_bytes", memoryKib() * 1024);
        all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        all.put("java", System.getProperty("java.vendor") + " " + System.getProperty("java.version"));
        return all;
    }

    /** In a sentence. */
    public static String line() {
        final long memory = memoryKib();
        return Numbers.count(Runtime.getRuntime().availableProcessors(), "core") + " of " + cpu()
            + (memory > 0 ? String.format(Locale.ROOT, ", %.0f GiB", memory / 1024.0 / 1024.0) : "") + ", " + System.getProperty("os.name") + " "
            + System.getProperty("os.version") + ", Java " + System.getProperty("java.version");
    }

    /** The time now, to the minute, UTC. */
    public static String now() {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private static String cpu() {
        return first("/proc/cpuinfo", "model name").replaceAll("\\s+", " ");
    }

    private static long memoryKib() {
        final String text = first("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static String first(final String file, final String name) {
        try {
            for (final String line : Files.readAllLines(Path.of(file))) {
                if (line.startsWith(name)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (final IOException e) {
            // Another system: it has no such file.
        }
        return name.startsWith("model") ? System.getProperty("os.arch") : "";
    }
}
