package io.gmq.bench.attack;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, as {@code gmq server} starts it, and the memory that it takes. */
final class AttackedBroker implements AutoCloseable {
    private static final String READY = "GMQ ready on ";
    private static final int STOP_S = 30;
    private static final int KIB = 1024;

    private final Process process;
    private final Path log;
    private final InetSocketAddress address;
    private volatile long residentMax;
    private volatile boolean isClosed;

    /**
     * @param launcher {@code bin/gmq} of a distribution.
     * @param cores    of the machine, which the broker may use all, though this process may not.
     * @param folder   for its data and its log.
     * @param settings more of them, each {@code section.key=value}.
     * @param filesMax that it may have open; 0 for as many as this process.
     */
    AttackedBroker(final Path launcher, final int cores, final Path folder, final List<String> settings, final int filesMax) throws IOException {
        final List<String> command = new ArrayList<>(List.of("taskset", "-c", "0-" + (cores - 1)));
        command.addAll(filesMax == 0 ? List.of() : List.of("prlimit", "--nofile=" + filesMax));
        command.addAll(List.of(launcher.toString(), "server", "--port", "0", "--data", folder.resolve("data").toString()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        log = folder.resolve("broker.log");
        process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        final BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        final String line = out.readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroyForcibly();
            throw new IOException("the broker has not started; it said: " + Files.readString(log));
        }
        final int colon = line.lastIndexOf(':');
        address = new InetSocketAddress(line.substring(READY.length(), colon), Integer.parseInt(line.substring(colon + 1)));
        final Thread watch = new Thread(this::watch, "memory");
        watch.setDaemon(true);
        watch.start();
    }

    InetSocketAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** The most memory that was seen since this was last asked, in bytes. */
    long takeResidentMax() {
        final long max = residentMax;
        residentMax = 0;
        return max;
    }

    private void watch() {
        while (!isClosed && process.isAlive()) {
            residentMax = Math.max(residentMax, resident());
            Target.pause(TimeUnit.MILLISECONDS.toMicros(50));
        }
    }

    private long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB).findFirst().orElse(0);
        } catch (final IOException e) {
            return 0; // it has ended
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        process.destroy();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the broker did not stop within " + STOP_S + " s");
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return;
        }
        if (process.exitValue() != 0) {
            throw new IOException("the broker ended with exit code " + process.exitValue() + "; it said: " + log());
        }
    }
}
