package io.gmq.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own, which says in a line on standard output when it is ready. It is killed when this is closed, or when
 * this process ends in whatever way that lets it.
 */
public final class ChildProcess implements AutoCloseable {
    private static final long PATIENCE_S = 10;

    private final Process process;
    private final Path errors;
    private final Thread hook;
    private final String readyLine;

    /**
     * Starts it, and waits until it is ready.
     *
     * @param name      what it is called where it fails.
     * @param readyWord what its line begins with.
     */
    public ChildProcess(final String name, final List<String> command, final String readyWord) {
        try {
            errors = Files.createTempFile("gmq-bench", ".log");
            errors.toFile().deleteOnExit();
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
            hook = new Thread(process::destroyForcibly, "kill-" + name);
            Runtime.getRuntime().addShutdownHook(hook);
            readyLine = readyLine(readyWord);
            if (readyLine == null) {
                final String words = words();
                close();
                throw new LoadException(name + " does not start: " + words);
            }
        } catch (final IOException e) {
            throw new LoadException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    private String readyLine(final String readyWord) throws IOException {
        final BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(readyWord)) {
                return line;
            }
        }
        return null;
    }

    /** What it has said last, on one line. */
    private String words() throws IOException {
        try {
            process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final List<String> lines = Files.readAllLines(errors);
        for (final String line : lines) {
            if (line.startsWith("gmq: ")) {
                return line.substring("gmq: ".length());
            }
        }
        return lines.isEmpty() ? String.format(Locale.ROOT, "exit code %d", process.exitValue()) : lines.get(lines.size() - 1);
    }

    /** What is behind the last colon or blank of its line. */
    public int port() {
        return Integer.parseInt(readyLine.replaceFirst("^.*[: ]", ""));
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends it, kindly at first. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(errors);
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            // A log that stays behind in the folder for such.
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // It is being run.
        }
    }
}
