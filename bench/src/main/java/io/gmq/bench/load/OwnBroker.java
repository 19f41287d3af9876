package io.gmq.bench.load;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A broker that is started for a measurement, as anybody would start it, with an empty data folder; both are gone when it is closed. */
public final class OwnBroker implements AutoCloseable {
    /** Where the distribution is, if not where the class path says. */
    private static final String HOME_PROPERTY = "gmq.home";

    private final Path folder;
    private final ChildProcess process;
    private final Thread hook = new Thread(this::end, "end-broker");

    /**
     * Starts it, and waits until it is ready.
     *
     * @param parent  where the data folder is made.
     * @param options what {@code gmq server} is given beside port and folder.
     */
    public OwnBroker(final Path parent, final List<String> options) {
        try {
            folder = Files.createTempDirectory(parent, "gmq-bench-");
        } catch (final IOException e) {
            throw new LoadException("cannot make a data folder in " + parent + ": " + e.getMessage(), e);
        }
        final List<String> command = new ArrayList<>(List.of(home().resolve("bin/gmq").toString(), "server", "--port", "0", "--data",
            folder.resolve("data").toString()));
        command.addAll(options);
        try {
            process = new ChildProcess("the broker", command, "GMQ ready");
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (final RuntimeException e) {
            deleteFolder();
            throw e;
        }
    }

    private static Path home() {
        final String given = System.getProperty(HOME_PROPERTY, "");
        final Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]).toAbsolutePath();
        final Path home = given.isEmpty() ? jar.getParent() : Path.of(given);
        if (home == null || !Files.isExecutable(home.resolve("bin/gmq"))) {
            throw new LoadException("there is no broker to start beside " + jar);
        }
        return home;
    }

    /** The kind of file system that a folder is on: on one in memory, syncing costs nothing and is worth nothing. */
    public static String fileSystem(final Path folder) {
        try {
            return Files.getFileStore(folder.toAbsolutePath()).type();
        } catch (final IOException e) {
            return "an unknown file system";
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", process.port());
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // This process ends, and the hook does the same.
        }
        end();
    }

    private void end() {
        process.close();
        deleteFolder();
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException | UncheckedIOException e) {
            // It stays behind, under a name that says whose it is.
        }
    }
}
